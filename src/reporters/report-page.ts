import { z } from 'zod';

const SCRIPT = /<script\b[^>]*>[\s\S]*?<\/script>/g;

/** What a browser would fetch when it opens the page. */
const FETCHED = /<(?:script|link|img|iframe|source|video)\b[^>]*\b(?:src|href)="(?:https?:)?\/\/[^"]*"[^>]*>/g;

/**
 * The page without analytics. Throws when a browser would still fetch something else: the report opens from disk, and
 * sends no request when it does.
 */
export function withoutRequests(html: string): string {
  const offline = html.replaceAll(SCRIPT, (script) => (isAnalytics(script) ? '' : script));
  const [fetched] = offline.match(FETCHED) ?? [];
  if (fetched === undefined) return offline;
  throw new Error(
    `Report: expected a page that fetches nothing, found ${fetched}. Remove it in src/reporters/report-page.ts.`,
  );
}

/** Google Analytics and its loader; Allure 3.18 writes both into every report, without a switch. */
function isAnalytics(script: string): boolean {
  return script.includes('https://www.googletagmanager.com') || script.includes('function gtag(');
}

/**
 * The page with previews of HTML and Markdown that are as tall as the window. Allure fits them to their content, but a
 * browser keeps it from measuring that content in a report that is opened from disk: 150 pixels would remain.
 */
export function withTallPreviews(html: string): string {
  return html.replace('</head>', '<style>iframe[sandbox]:not([style]) { height: 80vh; }</style></head>');
}

const TEST_RESULT = /\bd\("data\/test-results\/([\w-]+)\.json","([^"]*)"\)/g;

/**
 * The page that opens on one of its tests, at its top, unless its address names another place. Without such a test the page
 * is left as it is.
 */
export function openingOn(html: string, test: string): string {
  for (const [, id = '', base64 = ''] of html.matchAll(TEST_RESULT)) {
    const { name } = NAMED.parse(JSON.parse(Buffer.from(base64, 'base64').toString()));
    if (name !== test) continue;
    const script = `<script>if (location.hash === '') location.replace('#${id}');</script>`;
    return html.replace('<head>', `<head>${script}`);
  }
  return html;
}

const NAMED = z.object({ name: z.string() });
