-- Whether legal supporters agree to their means being looked into, which comes before the question
-- whether they are able to support.

alter table app.person_current add column f_supporter_consent boolean;
