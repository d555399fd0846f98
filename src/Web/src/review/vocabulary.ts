/** What a message may be taken to be. */
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

export const urgencies = ['low', 'normal', 'high', 'critical'] as const

export const sentiments = ['negative', 'neutral', 'positive'] as const
