-- A data steward of the district takes in what departments deliver: by appointment, with an end, as for policies.

alter table app.appointment drop constraint appointment_capability_check;
alter table app.appointment add constraint appointment_capability_check
  check (capability in ('policy-author', 'policy-approver', 'data-steward'));
comment on table app.appointment is 'Who may draft policies, who may approve them and who takes in deliveries, from a day, to a day; written by the owner only — 授权任命';
