// The shapes that the Gateway serves (src/Contracts in camelCase, enums as camelCase words, times ISO-8601 UTC).

export type CustomerRole = 'student' | 'rider' | 'merchant'
export type Author = 'customer' | 'agent' | 'system' | 'bot' | 'supervisor'
export type AgentStatus = 'offline' | 'available' | 'busy' | 'break' | 'training'
export type RoutingState = 'idle' | 'reserved' | 'working' | 'wrappingUp'
export type TicketPhase = 'new' | 'waiting' | 'offered' | 'assigned' | 'resolved' | 'closed'

export const urgencies = ['low', 'normal', 'high', 'critical'] as const
export type Urgency = (typeof urgencies)[number]

export const sentiments = ['negative', 'neutral', 'positive'] as const
export type Sentiment = (typeof sentiments)[number]

export const categories = [
  'lateDelivery',
  'missingItem',
  'wrongItem',
  'foodQuality',
  'foodSafety',
  'packaging',
  'refundAndPayment',
  'orderCanceled',
  'riderConduct',
  'merchantConduct',
  'addressAndContact',
  'appFault',
  'praise',
  'other',
] as const
export type Category = (typeof categories)[number]

export const dispositions = [
  'solved',
  'answered',
  'refunded',
  'compensated',
  'redelivered',
  'escalated',
  'notReachable',
  'duplicate',
  'noAction',
] as const
export type Disposition = (typeof dispositions)[number]

export type TicketEventType =
  | 'opened'
  | 'queued'
  | 'offered'
  | 'offerRejected'
  | 'offerTimedOut'
  | 'offerRescinded'
  | 'accepted'
  | 'message'
  | 'resolved'
  | 'wrappedUp'
  | 'reopened'
  | 'rated'
  | 'closed'
  | 'note'
  | 'transferred'
  | 'returned'
  | 'listened'
  | 'whispered'
  | 'supervisorJoined'
  | 'supervisorLeft'
  | 'takenOver'
  | 'consultAsked'
  | 'consultAnswered'
  | 'placeKept'
  | 'promised'
  | 'phoneShown'
  | 'clockMissed'
  | 'escalated'
  | 'productTold'
  | 'productDelayed'
  | 'replySent'
  | 'replyDelayed'
  | 'replyFailed'
  | 'evidence'
  | 'erased'
  | 'orderSeen'
  | 'remedyProposed'
  | 'doubtsCleared'
  | 'remedyDecided'
  | 'remedyAsked'
  | 'remedyApproved'
  | 'remedyDelayed'
  | 'remedyPaid'
  | 'remedyFailed'
  | 'remedyTakenBack'
  | 'answered'
  | 'misunderstood'
  | 'answerJudged'
  | 'handedOver'
  | 'call'
  | 'summarized'
  | 'recategorized'
  | 'internal'

export type Channel =
  'web' | 'rest' | 'miniProgram' | 'phone' | 'email' | 'sms' | 'weChat' | 'webhook' | 'proactive' | 'voice'
export type ClockKind = 'firstResponse' | 'nextResponse' | 'resolution' | 'promise' | 'tier' | 'product'

/** A time by which something must be done. */
export interface Clock {
  kind: ClockKind
  dueAt: string
  state: 'active' | 'hit' | 'missed'
}

export interface Customer {
  id: string
  name: string
  role: CustomerRole
  phone: string | null
}

export interface Ticket {
  ticketId: string
  campus: string
  phase: TicketPhase
  queue: string
  category: Category
  urgency: Urgency
  sentiment: Sentiment
  customer: Customer
  channel: Channel
  subject: string
  orderNumber: string | null
  agentId: string | null
  agentName: string | null
  openedAt: string
  waitingSince: string
  disposition: Disposition | null
  stars: number | null
  wrapUpOpen: boolean
  /** The seq of the last event that this view includes. */
  seq: number
  /** Who took it first and answers for it. */
  responsibleAgent: string | null
  /** The customer left, keeps the place and is called back on the ticket's channel. */
  placeIsKept: boolean
  /** How often it was handed to a next line because time ran out. */
  escalations: number
  clocks: Clock[]
  /** The ticket that this one is a question about; null for a customer's own matter. */
  consultationOf: string | null
  /** Questions to colleagues that wait for an answer: their tickets' ids. */
  openConsults: string[]
  /** The channel outside of our pages that the customer wrote on last, where replies go; null: they are seen in our pages. */
  replyChannel: Channel | null
  /** How many replies are on their way there. */
  repliesUnderWay: number
  /** What the bot said; null when it said nothing. */
  bot: BotAnswer | null
  /** Supervisors whom the customer sees in the conversation. Customers get their names alone. */
  joined: { supervisorId: string | null; name: string }[]
  /** The incident that the customer came because of, and was told of. */
  incident: string | null
  /** How its order stood when the order system was asked last; null when it never said. */
  order: Order | null
  /** What the customer was given, or may be. Customers don't get what waits for approval. */
  remedies: Remedy[]
  /** What the agent may grant. */
  proposedRemedies: ProposedRemedy[]
  /** The sound of a call; null before it first connected. */
  call: CallSound | null
}

/** How the sound of a call stands. */
export interface CallSound {
  state: 'connected' | 'held' | 'dropped' | 'ended'
  /** Since when both are connected; null while they aren't. */
  since: string | null
  /** How long they were connected before that. */
  seconds: number
}

/** What happens to the sound of a call; `ended` hangs up, `whispered` is a supervisor who speaks to the agent alone. */
export type CallStep = 'connected' | 'held' | 'resumed' | 'dropped' | 'ended' | 'whispered'

/** What one browser of a call tells the other one, so that both connect. */
export interface CallSignal {
  kind: 'ready' | 'offer' | 'answer' | 'candidate'
  /** The page that says it. */
  page: string
  /** The page that it is for; null: any. */
  toPage: string | null
  /** Which connection it is about: a later one has a higher number. */
  generation: number
  body: string | null
  /** The supervisor on the line with the agent; none between customer and agent. */
  supervisor?: string | null
}

/** A signal as it comes. */
export interface HeardSignal {
  ticketId: string
  from: 'customer' | 'agent' | 'supervisor'
  signal: CallSignal
}

export type RemedyKind = 'coupon' | 'refund'

/** Something that a customer was given, or may be. Amounts are in fen. */
export interface Remedy {
  remedyId: string
  kind: RemedyKind
  fen: number
  order: string
  rule: string
  at: string
  /** Asked: a second person has to approve. */
  state: 'asked' | 'paying' | 'paid' | 'failed' | 'takenBack'
  grantedBy: string | null
  approvedBy: string | null
  paidAt: string | null
}

/** What an agent may grant, by its rule. */
export interface ProposedRemedy {
  rule: string
  kind: RemedyKind
  fen: number
  order: string
  needs: 'automatic' | 'agent' | 'supervisor'
  reason: string
  /** How often the customer was given something in the last 30 days. */
  givenBefore: number
  /** Why a person should look at it. */
  doubts: Doubt[]
}

/** A sign that makes a person look before something is given. */
export interface Doubt {
  sign: 'oftenerThanUsual' | 'moreThanUsual' | 'mostContacts' | 'pictureSeen' | 'linkedAccounts'
  /** Times, fen, hundredths of the contacts, pictures, or times of all accounts together. */
  level: number
  /** The other ticket. */
  ticketId: string | null
}

/** A ticket on which a person looks before something is given. */
export interface DoubtCase {
  ticketId: string
  customerId: string
  at: string
  kind: RemedyKind
  fen: number
  doubts: Doubt[]
  clearedBy: string | null
  clearedAt: string | null
}

/** What is wrong with an order. */
export type OrderAnomaly = 'late' | 'moneyNotBack' | 'noRider' | 'slowKitchen' | 'riderLost' | 'weather'

/** What the order system said about an order. Amounts are in fen. */
export interface Order {
  number: string
  customerId: string
  state: 'placed' | 'preparing' | 'ready' | 'onTheWay' | 'delivered' | 'canceled'
  placedAt: string
  promisedAt: string
  paidFen: number
  money: 'unpaid' | 'paid' | 'refunding' | 'refunded'
  /** When the order system said so. */
  readAt: string
  expectedAt: string | null
  readyAt: string | null
  pickedUpAt: string | null
  deliveredAt: string | null
  canceledAt: string | null
  merchantId: string | null
  merchant: string | null
  riderId: string | null
  rider: string | null
  /** Where the rider was seen last, and when. */
  riderAt: string | null
  riderSeenAt: string | null
  /** Where it goes. */
  place: string | null
  weather: 'fair' | 'rain' | 'storm' | 'snow'
  /** What was wrong with it then, and for how many minutes. */
  anomalies: { kind: OrderAnomaly; minutes: number }[]
}

/** What a customer says about the bot's answer. */
export type Verdict = 'helped' | 'notHelped' | 'person'

/** What the bot said. */
export interface BotAnswer {
  articleId: string
  version: number
  /** Whether it waits for the customer's verdict. */
  asks: boolean
  helped: boolean | null
  /** Why a person has the matter; null while the bot has it. */
  handedOver: 'asked' | 'notHelped' | 'mood' | 'misses' | 'urgent' | 'tree' | null
  /** What the customer may choose next; empty unless a decision tree asks. */
  choices: string[]
}

/** One event of a ticket. Seqs count 1, 2, 3… without gaps, for every reader. */
export interface TicketEvent {
  seq: number
  at: string
  type: TicketEventType
  author?: Author | null
  authorId?: string | null
  authorName?: string | null
  text?: string | null
  messageId?: string | null
  detail?: string | null
  explanation?: MatchExplanation | null
  dueAt?: string | null
  evidence?: Evidence | null
  /** What a remedy gives. */
  remedy?: { remedyId: string; kind: RemedyKind; fen: number } | null
}

/** A picture of a ticket. */
export interface Evidence {
  /** SHA-256 of its bytes, in hex: its name. */
  hash: string
  /** Its media type. */
  type: string
  bytes: number
  width: number
  height: number
}

/** A ticket, and events of it, oldest first. */
export interface TicketNews {
  ticket: Ticket
  events: TicketEvent[]
}

export interface TicketSummary {
  ticketId: string
  phase: TicketPhase
  category: Category
  subject: string
  orderNumber: string | null
  openedAt: string
  stars: number | null
  channel: Channel
}

export interface QueuePlace {
  ticketId: string
  /** 1 for the next one; 0 while it is offered to an agent. */
  position: number
  waiting: number
  /** Null when no agent is at work. */
  expectedWaitSeconds: number | null
  /** Four of five waits end between these two. */
  lowSeconds: number | null
  highSeconds: number | null
  /** When the queue opens; null while it is open. */
  opensAt: string | null
  /** More wait than the campus wants to let wait. */
  isFull: boolean
  /** Of two places of one ticket, the one with the larger version is the newer. */
  version: number
}

export interface Opened {
  ticket: Ticket
  place: QueuePlace | null
}

export type Strategy = 'bestMatch' | 'longestIdle' | 'roundRobin' | 'leastLoaded'

export interface SkillLevel {
  skill: string
  /** 1–5. */
  level: number
}

/** An agent who could have taken a ticket, and what speaks for that one. */
export interface Candidate {
  agentId: string
  score: number
  /** The share of the agent's slots that were taken, 0–1. */
  load: number
  /** The agent's record with such tickets, −1 to 1; 0 is average. */
  merit: number
  levels: SkillLevel[]
}

/** Why this agent. */
export interface MatchExplanation {
  strategy: Strategy
  /** How far the requirements were relaxed; 0: not at all. */
  ring: number
  /** How many free agents could have taken it. */
  eligible: number
  /** The first few of them, the chosen one first. */
  best: Candidate[]
}

export interface Reservation {
  reservationId: string
  ticketId: string
  queue: string
  agentId: string
  agentName: string
  expiresAt: string
  why: string
  explanation: MatchExplanation | null
}

export interface Offer {
  reservation: Reservation
  ticket: Ticket
}

export interface AgentDesk {
  agentId: string
  name: string
  status: AgentStatus
  statusReason: string | null
  routingState: RoutingState
  /** How many chats at once. */
  capacity: number
  offers: Offer[]
  tickets: Ticket[]
  /** The queues that the agent serves. */
  queues: string[]
  /** How many calls, and forms, at once. */
  calls: number
  forms: number
  /** Of two desks of one agent, the one with the larger version is the newer. */
  version: number
}

/** Somebody who may be asked, or take a ticket over. */
export interface Colleague {
  agentId: string
  name: string
  status: AgentStatus
  routingState: RoutingState
  queues: string[]
}

export interface QueueFigures {
  queue: string
  waiting: number
  offered: number
  longestWaitSeconds: number
  agentsAvailable: number
  freeSlots: number
  assignedSinceStart: number
  expectedWaitSeconds: number | null
}

export interface Wallboard {
  campus: string
  at: string
  queues: QueueFigures[]
  waiting: number
  offered: number
  longestWaitSeconds: number
  agentsAvailable: number
  freeSlots: number
  /** More contacts come than the forecast said; null when they don't. */
  inflow: InflowAlert | null
  /** What may be broken, and how many came because of what is; null while that is not known. */
  incidents: IncidentSigns | null
}

export interface IncidentSigns {
  suspicions: Suspicion[]
  /** Of each incident that goes on: who came about its category since it began. */
  people: { incidentId: string; people: number }[]
}

/** More people than usual come about one thing, and nobody has said why. */
export interface Suspicion {
  category: Category
  /** When that was seen. */
  since: string
  at: string
  /** People of the two minutes before that. */
  came: number
  /** How many usually come. */
  usual: number
}

export interface InflowAlert {
  campus: string
  /** When it was seen. */
  since: string
  /** When contacts were counted last. */
  at: string
  /** Contacts of the five minutes before that. */
  came: number
  /** What was told for them. */
  expected: number
  /** Agents at their desks whom such an inflow needs. */
  agentsWanted: number
  agentsPlanned: number
  standBy: number
}

/** What came today, and what is told of today and the 48 hours ahead. */
export interface CampusForecast {
  campus: string
  /** When contacts were counted. */
  at: string
  utcOffsetMinutes: number
  status: 'ready' | 'tooLittleHistory'
  daysKnown: number
  daysNeeded: number
  /** Quarters of an hour from the campus's midnight on; without a forecast those of today. */
  slots: ForecastSlot[]
  inflow: InflowAlert | null
}

export interface ForecastSlot {
  start: string
  /** Contacts that came; of the slot that runs, so far; null of those to come. */
  came: number | null
  /** Null when nothing could be told. */
  told: SlotTold | null
}

export interface SlotTold {
  expected: number
  low: number
  high: number
  /** Agents at their desks. */
  agents: number
  standBy: number
  onShift: number
  silos: number
  gateways: number
}

/** Something that is broken, or was, as staff see it. */
export interface Incident {
  incidentId: string
  category: Category
  text: { titleZh: string; titleEn: string; adviceZh: string; adviceEn: string }
  since: string
  declaredAt: string
  declaredBy: string
  version: number
  expectedEnd: string | null
  updatedAt: string
  /** Null while it goes on. */
  endedAt: string | null
  endedBy: string | null
}

/** Something that is broken now, as everybody may know it; what is empty in one language is said in the other. */
export interface IncidentNotice {
  incidentId: string
  category: Category
  titleZh: string
  titleEn: string
  adviceZh: string
  adviceEn: string
  since: string
  updatedAt: string
  /** Until when it is expected to last; null: nobody knows. */
  expectedEnd: string | null
}

/** A conversation that an agent has in hand. */
export interface LiveConversation {
  ticketId: string
  queue: string
  category: Category
  urgency: Urgency
  /** The mood of the customer's first words. */
  sentiment: Sentiment | null
  role: CustomerRole | null
  customerName: string
  agentId: string
  agentName: string
  channel: Channel
  subject: string
  openedAt: string
  agentSince: string | null
  /** Since when the customer waits for an answer; null when the next word is the customer's. */
  unansweredSince: string | null
  /** A supervisor has it. */
  takenOver: boolean
}

/** A campus's conversations, the oldest first. */
export interface LiveRoom {
  campus: string
  at: string
  conversations: LiveConversation[]
  /** There are more than fit. */
  more: boolean
}

/** A ticket in a campus's history. */
export interface HistoryLine {
  ticketId: string
  phase: TicketPhase
  queue: string
  category: Category
  urgency: Urgency
  sentiment: Sentiment | null
  role: CustomerRole | null
  customerId: string
  customerName: string | null
  agentId: string | null
  agentName: string | null
  channel: Channel
  orderNumber: string | null
  subject: string
  openedAt: string
  updatedAt: string
  closedAt: string | null
  stars: number | null
  disposition: string | null
}

/** A ticket's clock ran out; `tier`: it was handed to the next line. */
export interface ClockAlert {
  campus: string
  ticketId: string
  queue: string
  kind: ClockKind
  dueAt: string
  agentId: string | null
  seq: number
}

export interface Campus {
  campus: string
  nameZh: string
  nameEn: string
  queues: { queue: string; nameZh: string; nameEn: string }[]
}

/** A named "no" (RFC 9457 problem details). */
export interface Problem {
  code: string
  detail?: string
  field?: string | null
}

/** What a hub method answers: a value, or a problem. */
export interface Answer<T> {
  value: T | null
  problem: Problem | null
}
