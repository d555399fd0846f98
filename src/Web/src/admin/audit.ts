/** What the audit log calls what was done. */
export const auditActions = [
  'queueChanged',
  'agentChanged',
  'agentRetired',
  'botChanged',
  'reviewsChanged',
  'retentionChanged',
  'originsChanged',
  'remediesChanged',
  'keyCreated',
  'keyRevoked',
  'webhookBegun',
  'webhookEnded',
  'webhookSecretsChanged',
  'articleWritten',
  'articleMoved',
  'signedIn',
  'statusSet',
  'ticketTransferred',
  'conversationListened',
  'conversationWhispered',
  'conversationJoined',
  'conversationLeft',
  'conversationTakenOver',
  'historyExported',
  'phoneShown',
  'reviewOpened',
  'decisionReviewed',
  'correctionsExported',
  'remedyGranted',
  'remedyApproved',
  'remedyTakenBack',
  'doubtsCleared',
  'incidentDeclared',
  'incidentChanged',
  'incidentEnded',
  'dataExported',
  'dataErased',
] as const

const page = 50

/** The address of one page of it; what is empty doesn't matter. */
export function auditQuery(asked: Record<string, string>, before: number | null): string {
  const query = new URLSearchParams({ limit: String(page) })
  for (const [name, value] of Object.entries(asked)) if (value.trim() !== '') query.set(name, value.trim())
  if (before !== null) query.set('before', String(before))
  return `audit?${query}`
}
