/** What the thread is given. */
export interface ArticleJob {
  readonly html: string;
}

/** What the thread finds: the article's own markup, or null where there is none. */
export interface ArticleReply {
  readonly article: { readonly html: string; readonly byline: string | null } | null;
}
