import { messages } from '../shared/locales'

/** Words that only the widget has; the rest is the student page's. */
export const widgetMessages = messages(
  {
    launcher: { open: '联系客服', unread: '联系客服，{n} 条新消息', panel: '校园外卖客服', close: '收起' },
    home: '全部问题',
    call: '打电话给客服',
    delivered: '已送达',
    read: '已读',
    expired: { title: '登录已过期', again: '再试一次', body: '请在这个页面重新登录，再回来联系客服。' },
    nobody: '请先在这个页面登录，再联系客服。',
  },
  {
    launcher: {
      open: 'Get help',
      unread: 'Get help, {n} new messages',
      panel: 'Campus delivery help',
      close: 'Close',
    },
    home: 'All questions',
    call: 'Call us',
    delivered: 'Delivered',
    read: 'Read',
    expired: {
      title: 'Your sign-in has expired',
      again: 'Try again',
      body: 'Please sign in to this page again, then come back.',
    },
    nobody: 'Please sign in to this page first, then ask.',
  },
)
