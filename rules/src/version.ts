/**
 * The version of the evaluators, kept with every run. It is raised when a change of the engine alters
 * what some stored answer says: the kept corpus (test/corpus) tells, and is then made anew.
 */
export const engineVersion = '1'
