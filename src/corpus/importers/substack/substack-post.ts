import { type HtmlContent, HtmlContentReader, isUnread } from '../html/html-text.js';
import { type HtmlAttributes, readHtmlTokens } from '../html/html-tokens.js';

const WIDGET = /\b(?:button-wrapper|subscription-widget|subscription-widget-wrap|captioned-button-wrap)\b/;

/** What a post says; the buttons to subscribe, share and comment in it are no words of its writer. */
export function postContent(html: string): HtmlContent {
  const reader = new HtmlContentReader(
    (name: string, attributes: HtmlAttributes) =>
      isUnread(name) || WIDGET.test(attributes.get('class') ?? ''),
  );
  readHtmlTokens(html, reader);
  return reader.content();
}
