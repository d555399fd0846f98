/** Articles over plain HTTP. */
export interface ArticleHit {
  articleId: string
  version: number
  title: string
  text: string
  confidence: number
}

export interface ArticleWords {
  title: string
  body: string
  asks: string[]
}

/** What one version says; fields that the page doesn't edit travel along as they are. */
export interface ArticleContent extends Record<string, unknown> {
  level: 'fact' | 'case' | 'tree'
  categories: string[]
  zh: ArticleWords | null
  en: ArticleWords | null
}

export type ArticleState = 'draft' | 'reviewed' | 'published' | 'retired'

export interface ArticleVersion {
  version: number
  state: ArticleState
  content: ArticleContent
  by: string
  at: string
  reviewedBy: string | null
  publishedBy: string | null
}

export interface ArticleView {
  articleId: string
  revision: number
  versions: ArticleVersion[]
  shared: boolean
}

export interface ArticleLine {
  articleId: string
  level: string
  titleZh: string | null
  titleEn: string | null
  state: ArticleState
  version: number
  published: number | null
  shared: boolean
}

export interface ArticleUse {
  articleId: string
  shown: number
  helped: number
  notHelped: number
  inserted: number
}

export interface UseReport {
  articles: ArticleUse[]
  gaps: { example: string; count: number; last: string; samples: string[] }[]
  days: {
    day: string
    contacts: number
    answered: number
    helped: number
    notHelped: number
    handedOver: number
  }[]
}

export interface Problem {
  detail: string
  field?: string
}

export type Move = 'review' | 'publish' | 'retire'

const base = (campus: string): string => `/api/v1/campuses/${encodeURIComponent(campus)}`

/** The answer's value, or the problem that it tells. */
async function ask<T>(
  address: string,
  token: string,
  init: RequestInit = {},
): Promise<{ value?: T; problem?: Problem }> {
  try {
    const response = await fetch(address, {
      ...init,
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json', ...init.headers },
    })
    if (response.status === 204) return {}
    const body: unknown = await response.json()
    return response.ok ? { value: body as T } : { problem: body as Problem }
  } catch {
    return { problem: { detail: '' } }
  }
}

export async function fetchSuggestions(
  campus: string,
  ticket: string,
  token: string,
): Promise<ArticleHit[] | null> {
  return (await ask<ArticleHit[]>(`${base(campus)}/tickets/${ticket}/suggestions`, token)).value ?? null
}

export const tellInserted = (
  campus: string,
  ticket: string,
  article: string,
  token: string,
): Promise<unknown> =>
  ask(`${base(campus)}/tickets/${ticket}/suggestions/${article}`, token, { method: 'POST' })

/** One library as a page of lists and edits sees it. */
export function useLibrary(campus: string, token: string) {
  const articles = `${base(campus)}/knowledge/articles`
  return {
    list: (shared: boolean) => ask<ArticleLine[]>(`${articles}?limit=200&shared=${shared}`, token),
    get: (id: string, shared: boolean) => ask<ArticleView>(`${articles}/${id}?shared=${shared}`, token),
    write: (id: string, content: ArticleContent, revision: number) =>
      ask<ArticleView>(`${articles}/${id}`, token, {
        method: 'PUT',
        body: JSON.stringify(content),
        headers: { 'If-Match': `"${revision}"` },
      }),
    move: (id: string, version: number, move: Move, revision: number) =>
      ask<ArticleView>(`${articles}/${id}/versions/${version}/${move}`, token, {
        method: 'POST',
        headers: { 'If-Match': `"${revision}"` },
      }),
    report: () => ask<UseReport>(`${base(campus)}/knowledge/report`, token),
    search: (q: string) =>
      ask<ArticleHit[]>(`${base(campus)}/knowledge/search?q=${encodeURIComponent(q)}`, token),
  }
}

export type Library = ReturnType<typeof useLibrary>

/** An article that nobody wrote yet. */
export const emptyArticle = (): ArticleView => ({
  articleId: '',
  revision: 0,
  shared: false,
  versions: [
    {
      version: 0,
      state: 'draft',
      content: { level: 'case', categories: [], zh: null, en: null },
      by: '',
      at: new Date().toISOString(),
      reviewedBy: null,
      publishedBy: null,
    },
  ],
})
