-- The district's own sign-on (OpenID Connect): whom its provider calls by a subject is one account, and an account
-- is one subject. Bound by an invitation accepted there, or by a claim that names the account, where that is set.

create table auth.sign_on (
  issuer text not null,
  subject text not null,
  staff_id uuid not null references auth.account (staff_id),
  bound_at timestamptz not null default now(),
  primary key (issuer, subject),
  constraint sign_on_one_subject unique (issuer, staff_id)
);
comment on table auth.sign_on is 'Whom the district''s sign-on means by a subject — 统一身份认证绑定';

-- The account of a subject, or no row. An invitation is used up by whoever accepts it so; a subject that has an
-- account accepts no other, and an account that is bound is nobody else's, whatever the claim says.
create function auth.account_for_sign_on(
  p_issuer text, p_subject text, p_username text, p_invitation_hash bytea)
returns table (staff_id uuid, role text, appointed boolean, locked_until timestamptz)
language plpgsql security definer set search_path = '' as $$
declare
  who uuid;
begin
  select sign_on.staff_id into who from auth.sign_on where issuer = p_issuer and subject = p_subject;
  if p_invitation_hash is not null then
    if who is not null then return; end if;
    update auth.invitation set used_at = now()
    where token_hash = p_invitation_hash and used_at is null and expires_at > now()
      and exists (select from app.staff where id = invitation.staff_id and active)
      and not exists (select from auth.sign_on
        where issuer = p_issuer and sign_on.staff_id = invitation.staff_id)
    returning invitation.staff_id into who;
    if who is null then return; end if;
    insert into auth.sign_on (issuer, subject, staff_id) values (p_issuer, p_subject, who);
    perform auth.note('staff:' || who, 'account.invitation-accepted', who, jsonb_build_object('by', 'sign-on'));
  elsif who is null and p_username is not null then
    insert into auth.sign_on (issuer, subject, staff_id)
    select p_issuer, p_subject, account.staff_id
    from auth.account join app.staff on staff.id = account.staff_id
    where account.username = p_username and staff.active
    on conflict do nothing
    returning sign_on.staff_id into who;
    if who is not null then
      perform auth.note('staff:' || who, 'account.sign-on-bound', who, null);
    end if;
  end if;
  return query
    select staff.id, staff.role, auth.is_appointed(staff.id),
      case when account.locked_until > now() then account.locked_until end
    from auth.account join app.staff on staff.id = account.staff_id
    where account.staff_id = who and staff.active;
end
$$;

grant execute on function auth.account_for_sign_on(text, text, text, bytea) to signin;
