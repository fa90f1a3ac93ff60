/**
 * The page with previews of HTML and Markdown that are as tall as the window. Allure fits them to their content, but a
 * browser keeps it from measuring that content in a report that is opened from disk: 150 pixels would remain.
 */
export function withTallPreviews(html: string): string {
  return html.replace('</head>', '<style>iframe[sandbox]:not([style]) { height: 80vh; }</style></head>');
}
