const PAGE = 'docs/requirements.md';

/**
 * Where the id of a requirement leads: to the page in the repository on GitHub when a workflow runs there, otherwise to the
 * page of the checkout, relative to the report.
 */
export function requirementUrl(id: string, env: Readonly<Record<string, string | undefined>>): string {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_SHA: commit } = env;
  const published = server !== undefined && repository !== undefined && commit !== undefined;
  const page = published ? `${server}/${repository}/blob/${commit}/${PAGE}` : `../../${PAGE}`;
  return `${page}#${anchorOf(id)}`;
}

/** The anchor that GitHub gives to a heading that is the id of a requirement: `auth:refused` becomes `authrefused`. */
function anchorOf(id: string): string {
  return id
    .toLowerCase()
    .replaceAll(/[^\w -]/g, '')
    .replaceAll(' ', '-');
}
