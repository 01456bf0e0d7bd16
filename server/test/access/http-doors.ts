/**
 * Every address of the API and what a caller's role must grant to use it, said once more apart from
 * the routes: a new route that is not written here fails the test of the doors.
 */
export const doors: Readonly<Record<string, 'public' | (string & {})>> = {
  'GET /health': 'public',
  'GET /api/openapi.json': 'public',
  'GET /api/session': 'public',
  'POST /api/session': 'public',
  'DELETE /api/session': 'policies.read',
  'GET /api/invitations/:token': 'public',
  'POST /api/invitations/:token': 'public',
  'GET /api/demo': 'public',
  'GET /api/areas': 'areas.read',
  'GET /api/staff': 'staff.read',
  'GET /api/households': 'households.read',
  'GET /api/households/:id': 'households.read',
  'GET /api/households/:id/explanation': 'households.read',
  'PUT /api/households/:id/facts': 'households.write',
  'PUT /api/households/:id/awards': 'awards.write',
  'GET /api/households/:id/facts/history': 'households.read',
  'GET /api/policies': 'policies.read',
  'GET /api/policies/:id': 'policies.read',
  'POST /api/policies/parameters/:id/rows': 'policies.write',
  'GET /api/leads': 'leads.read',
  'GET /api/leads/:id': 'leads.read',
  'POST /api/leads/assign': 'leads.write',
  'POST /api/leads/snooze': 'leads.write',
  'POST /api/leads/:id/lines/:lineId/disposition': 'leads.write',
  'POST /api/leads/:id/lines/:lineId/undo': 'leads.write',
  'POST /api/leads/:id/notes': 'leads.write',
  'GET /api/runs': 'runs.read',
  'POST /api/runs': 'runs.write',
}
