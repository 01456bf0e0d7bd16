import type { app as zh } from '../zh-CN/app.ts'

export const app: typeof zh = {
  title: 'Qiao · Community assistance',
  skip: 'Skip to content',
  rail: 'Main navigation',
  collapse: 'Collapse the rail',
  expand: 'Expand the rail',
  nav: {
    leads: 'Leads',
    households: 'Households',
    questions: 'Worth asking',
    borderline: 'Just above',
    policies: 'Policies',
    drafts: 'Policy drafts',
    feedback: 'Feedback',
    lab: 'Policy lab',
    runs: 'Runs',
  },
  area: 'Choose an area',
  areaAll: '{{name}} (all)',
  search: {
    label: { all: 'Search households and policies', policies: 'Search policies' },
    placeholder: { all: 'Name, register no., policy', policies: 'Policy' },
    households: 'Households',
    policies: 'Policies',
    nothing: {
      all: 'Nothing found for “{{q}}”. Try a register number, a name or a policy.',
      policies: 'Nothing found for “{{q}}”. Try the name of a policy or an everyday word.',
    },
    hint: {
      all: 'Type a name, a register number or a policy',
      policies: 'Type a policy or an everyday word',
    },
  },
  language: 'Language',
  account: 'My account',
  appearance: { title: 'Appearance', system: 'As the system', light: 'Light', dark: 'Dark' },
  shortcuts: 'Keyboard shortcuts',
  signOut: 'Sign out',
  lost: {
    title: 'There is no such page',
    body: 'The address may be mistyped, or the page has moved.',
    home: 'Go to the leads',
  },
  nothingForYou: {
    title: 'There is nothing for you to do here',
    body: 'Your post ({{role}}) does not touch households or cases. Accounts and logs will be under Settings.',
  },
  broken: {
    title: 'This page failed',
    body: 'What you saved is not lost. Open the page again.',
    reload: 'Open again',
  },
  keys: {
    search: 'Search',
    move: 'Previous, next',
    open: 'Open',
    assign: 'Assign',
    select: 'Select',
    help: 'Show the shortcuts',
    close: 'Close the panel',
  },
}
