import fc from 'fast-check';
import { htmlContent, htmlText } from './html-text.js';

describe('htmlText', () => {
  it.each([
    ['<p>One <b>bold</b>\n text<br>next</p><p>Two</p>', 'One bold text\nnext\n\nTwo'],
    ['<h1>Title</h1><div>a</div><div>b</div>', 'Title\n\na\nb'],
    ['<ul><li>a<ol><li>x<li>y</ol></li><li><p>b</p></li></ul>', '- a\n  1. x\n  2. y\n- b'],
    ['<blockquote><p>a</p><p>b</p></blockquote>c', '> a\n>\n> b\n\nc'],
    ['<blockquote>a<blockquote>b</blockquote></blockquote>', '> a\n>\n> > b'],
    ['<pre><code>\n\nif (a &lt; b) {\n  c\n}\n\n</code></pre>', '```\nif (a < b) {\n  c\n}\n```'],
    ['<pre class="wp-block-verse">roses\n red</pre>', 'roses\n red'],
    ['<p>Use <code>npm</code></p>', 'Use `npm`'],
    ['<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>', 'a | b\n1 | 2'],
    ['a &amp; b &eacute; &#8211; &#x1F333; &lt;b&gt;', 'a & b é – 🌳 <b>'],
    ['a&nbsp;&nbsp;b co\u00adop\u200b', 'a b coop'],
    ['<p>a<script>no()</script><style>no</style><!-- no --><svg><text>no</text></svg></p>b', 'a\n\nb'],
    ['<p>never closed <b>here', 'never closed here'],
    ['<q>a</q>', '“a”'],
    ['', ''],
  ])('of %j is %j', (html, text) => {
    expect(htmlText(html)).toBe(text);
  });

  it.each([
    ['<a href="https://example.org/a">here</a>.', 'here (https://example.org/a).'],
    ['<a href="https://www.example.org/">example.org</a>', 'example.org'],
    ['<a href="mailto:a@example.org?subject=x">Ann</a>', 'Ann (a@example.org)'],
    ['<a href="#note">1</a> <a href="javascript:x()">2</a> <a href="/a">3</a>', '1 2 3'],
    ['<a href="https://example.org/tags/pear">#<span>pear</span></a>', '#pear'],
    ['<a href="https://example.org/a"><h2>A</h2></a>b', 'A (https://example.org/a)\n\nb'],
    ['<a href="https://example.org/a.jpg"><img src="a.jpg"></a>', ''],
  ])('tells the link %s as %j', (html, text) => {
    expect(htmlText(html)).toBe(text);
  });

  it('notes what is shown and no text, and reads pictures of emoji', () => {
    expect(
      htmlContent(
        '<img src="https://e.org/a/pear%20tree.jpg?w=1"><img src="x" alt="A pear"><img src="t.gif" width=1 height=1><video src="walk.mp4">no</video><iframe src="//player.example.org/1">no</iframe>fine <img alt="🍐" class="emoji">',
      ),
    ).toEqual({
      text: 'fine 🍐',
      attachments: ['image: pear tree.jpg', 'image: A pear', 'video: walk.mp4', 'embed: player.example.org'],
    });
  });

  it('reads what an element hides that is never closed, rather than losing the rest of the page', () => {
    expect(htmlText('<noframe><svg>a<p>the rest')).toBe('a\n\nthe rest');
  });

  it('takes as long as the page is, not as it is deep', () => {
    const many = 300_000;
    for (const html of [
      '<b>'.repeat(many) + '</i>'.repeat(many),
      '<ul><li>'.repeat(many),
      '<blockquote>'.repeat(many),
    ]) {
      expect(htmlText(`${html}end`)).toContain('end');
    }
    expect(htmlText('<td>x'.repeat(many)).length).toBeGreaterThan(many);
  });

  it('never throws, keeps plain words, and gives text that every database can hold', () => {
    const tag = fc.constantFrom(
      '<p>',
      '</p>',
      '<ul>',
      '<li>',
      '</ul>',
      '<pre>',
      '</pre>',
      '<a href="https://e.org">',
      '</a>',
      '<td>',
      '<br>',
      '&amp',
      '&#0;',
      '&#xd800;',
      '<!--',
      '-->',
      '<![CDATA[',
      '\u0000',
    );
    fc.assert(
      fc.property(
        fc.array(fc.oneof(tag, fc.string({ unit: 'binary', maxLength: 5 })), { maxLength: 30 }),
        (parts) => {
          const text = htmlText(parts.join(''));
          expect(text.includes('\u0000') || !text.isWellFormed()).toBe(false);
        },
      ),
    );
    const words = fc.array(fc.stringMatching(/^[a-z]{1,8}$/), { minLength: 1 });
    fc.assert(
      fc.property(words, (list) => {
        expect(htmlText(`<p>${list.join('</p>\n<p>')}</p>`).split('\n\n')).toEqual(list);
      }),
    );
  });
});
