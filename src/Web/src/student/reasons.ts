import type { CustomerRole } from '@campuscare/client'

/** What each kind of customer asks most; the words are in messages.ts under `reason`. */
export const reasons: Record<CustomerRole, readonly string[]> = {
  student: ['late', 'missing', 'wrong', 'quality', 'safety', 'refund', 'contact', 'app'],
  rider: ['contact', 'address', 'wait', 'app'],
  merchant: ['rider', 'cancel', 'payment', 'app'],
}
