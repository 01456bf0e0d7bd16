-- A data steward of the district takes in what departments deliver: by appointment, with an end, as for policies.

alter table app.appointment drop constraint appointment_capability_check;
alter table app.appointment add constraint appointment_capability_check
  check (capability in ('policy-author', 'policy-approver', 'data-steward'));
comment on table app.appointment is 'Who may draft policies, who may approve them and who takes in deliveries, from a day, to a day; written by the owner only — 授权任命';

-- What was open to whoever is appointed to anything stays with those who are appointed for policies. A step of
-- a draft (policy_draft_event_in_own_name) asks for a draft that its holder sees and so follows.
alter policy policy_draft_for_the_appointed on app.policy_draft
  using ((select auth.capabilities()) && array['policy-author', 'policy-approver']);
alter policy policy_draft_changed_by_the_appointed on app.policy_draft
  using ((select auth.capabilities()) && array['policy-author', 'policy-approver'])
  with check ((select auth.capabilities()) && array['policy-author', 'policy-approver']);
alter policy policy_draft_event_for_the_appointed on app.policy_draft_event
  using ((select auth.capabilities()) && array['policy-author', 'policy-approver']);
alter policy policy_draft_impact_for_the_appointed on app.policy_draft_impact
  using ((select auth.capabilities()) && array['policy-author', 'policy-approver']);
alter policy policy_draft_impact_by_the_appointed on app.policy_draft_impact
  with check (by = (select auth.staff_id()) and (select auth.capabilities()) && array['policy-author', 'policy-approver']);
alter policy policy_feedback_answered_by_the_appointed on app.policy_feedback
  using ((select auth.capabilities()) && array['policy-author', 'policy-approver'] and answer is null)
  with check (
    (select auth.capabilities()) && array['policy-author', 'policy-approver'] and answered_by = (select auth.staff_id())
  );
