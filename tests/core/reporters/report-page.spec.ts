import { expect, test } from '@playwright/test';
import { withTallPreviews } from '../../../src/reporters/report-page.ts';

test('previews of attachments are tall in a report that is opened from disk', () => {
  const page = withTallPreviews('<html><head><title>Report</title></head><body></body></html>');
  expect(page).toBe(
    '<html><head><title>Report</title><style>iframe[sandbox]:not([style]) { height: 80vh; }</style></head><body></body></html>',
  );
});
