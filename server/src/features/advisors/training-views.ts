import { Type } from 'typebox'
import { AreaId } from './station-views.ts'

const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) =>
  Type.Union([type, Type.Null()])
const strict = { additionalProperties: false } as const
const Day = Type.String({ format: 'date' })
const text = (minLength: number, maxLength: number) =>
  Type.String({ minLength, maxLength, pattern: '\\S' })
const StaffId = Type.String({ format: 'uuid' })

const session = {
  areaId: AreaId,
  course: text(2, 100),
  kind: Type.Union([Type.Literal('before-duty'), Type.Literal('yearly')]),
  onDay: Day,
  minutes: Type.Integer({ minimum: 10, maximum: 1440, description: 'How long it was' }),
  place: text(2, 200),
}

export const TrainingForm = Type.Object(
  {
    ...session,
    attendees: Type.Array(StaffId, { maxItems: 500, uniqueItems: true }),
    seen: orNull(Type.Integer({ minimum: 1, description: '`version` as last read; null for new' })),
  },
  { title: 'TrainingForm', ...strict },
)

const TrainingView = Type.Object(
  {
    id: Type.Integer(),
    version: Type.Integer({ description: 'Of what stands; sent back as `seen`' }),
    ...session,
    areaName: Type.String(),
    attendees: Type.Array(Type.String(), { description: 'For an advisor: themself only' }),
    may: Type.Object({ write: Type.Boolean() }),
  },
  { title: 'Training' },
)

export const TrainingsView = Type.Object({
  items: Type.Array(TrainingView),
  may: Type.Object({ write: Type.Boolean() }),
})

export const AttemptView = Type.Object(
  {
    id: Type.Integer(),
    onDay: Day,
    questions: Type.Integer({ description: 'How many were put' }),
    passPercent: Type.Integer({ description: 'Share that had to be right' }),
    correct: orNull(Type.Integer()),
    passed: orNull(Type.Boolean()),
  },
  { title: 'ExamAttempt' },
)

export const RuleForm = Type.Object(
  {
    questions: Type.Integer({ minimum: 1, maximum: 200 }),
    passPercent: Type.Integer({ minimum: 1, maximum: 100 }),
    because: text(2, 300),
  },
  { title: 'ExamRuleForm', ...strict },
)

export const QuestionForm = Type.Object(
  {
    text: text(5, 500),
    options: Type.Array(text(1, 200), { minItems: 2, maxItems: 6 }),
    answer: Type.Integer({ minimum: 1, maximum: 6, description: 'Which option is right, from 1' }),
    source: text(2, 200),
  },
  { title: 'ExamQuestionForm', ...strict },
)

const BankQuestionView = Type.Object(
  {
    id: Type.Integer(),
    text: Type.String(),
    options: Type.Array(Type.String()),
    answer: Type.Integer(),
    source: Type.String(),
    retired: Type.Boolean(),
  },
  { title: 'ExamQuestion' },
)

export const ExamView = Type.Object(
  {
    rule: orNull(
      Type.Object({
        questions: Type.Integer(),
        passPercent: Type.Integer(),
        because: Type.String(),
      }),
    ),
    bank: Type.Array(BankQuestionView, { description: 'For whoever keeps it' }),
    attempts: Type.Array(AttemptView, { description: 'Of the reader' }),
    may: Type.Object({ keep: Type.Boolean(), sit: Type.Boolean() }),
  },
  { title: 'Exam' },
)

export const PaperView = Type.Object(
  {
    attemptId: Type.Integer(),
    questions: Type.Array(
      Type.Object({ text: Type.String(), options: Type.Array(Type.String()) }, strict),
    ),
  },
  { title: 'ExamPaper' },
)

export const AnswersForm = Type.Object(
  {
    answers: Type.Array(
      Type.Integer({ minimum: 0, maximum: 6, description: 'Option from 1; 0 for none' }),
      {
        minItems: 1,
        maxItems: 200,
      },
    ),
  },
  { title: 'ExamAnswersForm', ...strict },
)
