/** One setting a person may give in the environment. docs/reference/config.md is written from these. */
type Setting = Readonly<{
  name: string
  /** What holds when it is not given, as words. */
  default: string
  about: string
  关于: string
}>

export const settings = [
  {
    name: 'PORT',
    default: '3000',
    about: 'Port of the web console and the API.',
    关于: '网页与接口的端口。',
  },
  {
    name: 'HOST',
    default: '127.0.0.1',
    about: 'Address to listen on; 0.0.0.0 opens it to other machines, which wants TLS in front.',
    关于: '监听地址；对外开放时前面须有 TLS。',
  },
  {
    name: 'DATABASE_URL',
    default: 'none: an own PostgreSQL in QIAO_DATA',
    about:
      'A PostgreSQL 16 or later, as a superuser or a role with CREATEROLE and BYPASSRLS that owns the database.',
    关于: '外部 PostgreSQL；不填则自带一个，数据放在 QIAO_DATA。',
  },
  {
    name: 'QIAO_DATA',
    default: '.data',
    about: 'Folder of the own PostgreSQL and of the key file.',
    关于: '数据目录：自带数据库与密钥文件。',
  },
  {
    name: 'QIAO_MODE',
    default: 'demo without DATABASE_URL, else production',
    about:
      'demo: an invented district, printed passwords, a clock that stands still. production: none of these. A database belongs to one mode for good.',
    关于: 'demo 演示（虚构人口、公开口令、固定日期）或 production 正式；一个数据库只属于一种。',
  },
  {
    name: 'QIAO_TODAY',
    default: '2025-06-01 in demo, the day in Shanghai in production',
    about: 'The day all verdicts are for, YYYY-MM-DD.',
    关于: '计算所依据的日期。',
  },
  {
    name: 'QIAO_KEY_FILE',
    default: 'keys.json in QIAO_DATA',
    about:
      'Keys that encrypt ID numbers and phones and derive database passwords. Made at the first start; without it the encrypted fields are lost. Back it up apart from the database.',
    关于: '加密密钥文件，首次启动时生成；须与数据库分开备份。',
  },
  {
    name: 'QIAO_CRYPTO',
    default: 'guomi',
    about: 'Suite for new fields: guomi (SM4-CBC with HMAC-SM3) or intl (AES-256-GCM).',
    关于: '加密套件：guomi 国密，intl 国际。',
  },
  {
    name: 'QIAO_SECOND_FACTOR',
    default: 'none in demo, administrators in production',
    about:
      'Who must set up an authenticator (TOTP) at their next sign-in: administrators (the three, and whoever is appointed to draft or approve policies), all, or none. Anybody may.',
    关于: '谁登录时必须使用第二因素（动态码）：administrators 三员和政策起草、审批人员；all 所有人；none 不强制。',
  },
  {
    name: 'QIAO_OIDC_ISSUER',
    default: 'none: no sign-on of the district',
    about:
      'Issuer of the district’s sign-on (OpenID Connect, code flow with PKCE). The address to register there is that of the console with /sign-on.',
    关于: '区统一身份认证（OpenID Connect）的签发地址；在那里登记的回调地址是本系统网址加 /sign-on。',
  },
  {
    name: 'QIAO_OIDC_CLIENT_ID',
    default: 'none',
    about: 'What the sign-on calls this installation.',
    关于: '统一身份认证分配的客户端编号。',
  },
  {
    name: 'QIAO_OIDC_CLIENT_SECRET',
    default: 'none',
    about: 'The secret that belongs to it.',
    关于: '统一身份认证分配的客户端密钥。',
  },
  {
    name: 'QIAO_OIDC_CLAIM',
    default: 'none: accounts are bound by an invitation accepted through the sign-on',
    about:
      'The claim that holds the name of an account in Qiao, for example preferred_username. Set it only where the sign-on guarantees that these names are of the same people.',
    关于: '哪一项声明等于本系统的账号名；仅在两边账号确属同一人时设置。不设则凭邀请绑定。',
  },
  {
    name: 'QIAO_RESIDENTS',
    default: '20000',
    about:
      'Residents of the demonstration district, 1,000 to 1,271,424; counts on an empty database only.',
    关于: '演示人口数，仅在空库时有效。',
  },
  {
    name: 'QIAO_MASS_LOSS',
    default: '1',
    about:
      'Percent of those entitled who may lose by a change of policy before a second approver is needed, 0 to 100.',
    关于: '政策改动使多少百分比的应享对象失去资格时，须第二人批准。',
  },
  {
    name: 'QIAO_REVIEW_DAYS',
    default: '3 (待核: no document found that sets it)',
    about:
      'Days, 1 to 30, in which whoever answers for a restricted household reviews an emergency look at it; after them the officials of its area are asked.',
    关于: '紧急查阅后须在几日内复核（1—30，默认 3，待核）；逾期由辖区工作人员复核。',
  },
  {
    name: 'QIAO_EXPORT_ROWS',
    default: '200 (待核: no document found that sets it)',
    about:
      'Rows, 0 to 100,000, of a list of people that somebody may take along as a file before another person is asked.',
    关于: '一次导出涉及人员、家庭的名单，超过多少行须另一人审批（0—100000，默认 200，待核）。',
  },
  {
    name: 'QIAO_EXPORT_ROWS_DAY',
    default: '1000 (待核: no document found that sets it)',
    about:
      'Rows, 0 to 1,000,000, of all lists that one account may take along in a day before another person is asked for what goes beyond.',
    关于: '同一账号一天内导出的名单合计超过多少行，超出的须另一人审批（0—1000000，默认 1000，待核）。',
  },
  {
    name: 'QIAO_EXPORT_HOURS',
    default: '72 (待核: no document found that sets it)',
    about:
      'Hours, 1 to 720, for which such a file may be fetched, from when it was asked for or approved; then it is asked for anew.',
    关于: '导出自提出或批准起可下载多少小时（1—720，默认 72，待核），过后须重新申请。',
  },
  {
    name: 'QIAO_ALERTS',
    default:
      'sign-ins-refused=10, accounts-refused=10, requests-refused=20, households-read=100, glass-broken=3 (待核: no document found that sets them)',
    about:
      'From how many on a pattern in the audit log is an alert: failed sign-ins at one account in an hour, accounts with failed sign-ins in a quarter of an hour, refused requests and different households opened by one account in an hour, emergency looks of one account in a day.',
    关于: '达到多少次告警：一小时内同一账号登录失败、一刻钟内登录失败的账号数、一小时内同一账号被拒绝的请求、一小时内同一账号打开的不同家庭、一天内同一账号紧急查阅（默认值待核）。',
  },
  {
    name: 'QIAO_WARNING_REST_DAYS',
    default: '30 (待核: no document found that sets it)',
    about:
      'Days, from 0 to 730, in which nothing but red is raised of a topic of a household after a warning of it was closed.',
    关于: '一条预警办结后，同一家庭同一事项多少天内除红色外不再提出（0—730，默认 30，待核）。',
  },
  {
    name: 'QIAO_WARNING_PRECISION',
    default: '6 (待核: the lowest yield published by a district)',
    about:
      'Below so many of a hundred (0 to 100) a rule of warnings that was found out often enough asks to be looked at.',
    关于: '预警规则的属实率低于百分之几时提请复核（0—100，默认 6，待核：已公布的最低命中率）。',
  },
  {
    name: 'QIAO_WARNING_LEAST',
    default: '20 (待核: no document found that sets it)',
    about:
      'How often, from 1 to 100000, a rule of warnings must have been found out before it is judged.',
    关于: '预警规则至少有多少条核实结论才评价属实率（1—100000，默认 20，待核）。',
  },
  {
    name: 'QIAO_QUIET_DAYS',
    default: '90 (待核: a general household is visited once a quarter elsewhere)',
    about: 'Days, from 1 to 3650, without contact after which a household is listed as quiet.',
    关于: '多少天没有联系列为“久未联系”（1—3650，默认 90，待核：外地一般对象每季度走访一次）。',
  },
  {
    name: 'QIAO_REQUESTS',
    default: '600',
    about:
      'Requests, 60 to 1,000,000, that one account may send in a minute, from however many addresses; one address ten times as many.',
    关于: '一个账号每分钟最多请求数（60—1000000），不论来自多少地址；一个地址为其十倍。',
  },
  {
    name: 'QIAO_DROP_HOSTS',
    default: 'none: nothing is fetched',
    about:
      'Hosts from which data stewards may have files of departments fetched over SFTP or HTTPS, with a port or without, commas between.',
    关于: '允许从哪些主机取件（SFTP、HTTPS），可带端口，逗号分隔；不设则不取件。',
  },
  {
    name: 'QIAO_DROP_CA',
    default: 'none: the authorities Node trusts',
    about: 'A file of certificates (PEM) of authorities that are trusted there as well.',
    关于: '取件时另外信任的证书颁发机构（PEM 文件）。',
  },
  {
    name: 'QIAO_WORKERS',
    default: 'one per core',
    about:
      'Threads that evaluate households when there are many; 0 leaves it to the process that leads the run.',
    关于: '户数较多时并行匹配的线程数；0 表示由主进程自己计算。',
  },
  {
    name: 'QIAO_LOG',
    default: 'warn',
    about: 'How much the server writes to standard output: error, warn, info or debug.',
    关于: '日志级别。',
  },
] as const satisfies readonly Setting[]

export type SettingName = (typeof settings)[number]['name']
