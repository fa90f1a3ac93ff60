import { expect, test } from '@playwright/test';
import type { Answer } from '../../../src/checks/author.ts';
import { authorOf } from '../../../src/checks/author.ts';

const TEXT = { 'content-type': 'text/plain; charset=utf-8' };
const JSON_TYPE = { 'content-type': 'application/json' };
const HTML = { 'content-type': 'text/html' };

/** Answers of something in front of the service, by what they are. */
const OF_A_FRONT: Readonly<Record<string, Answer>> = {
  'a page in capital letters': { status: 403, headers: {}, body: ' \n<!DOCTYPE HTML><HTML>' },
  'a page after a byte order mark': { status: 403, headers: {}, body: '\uFEFF<html>' },
  'a page after comments': { status: 403, headers: {}, body: '<!-- a --> <!-- b -->\n<html>' },
  'a page in XHTML': { status: 403, headers: {}, body: '<?xml version="1.0"?>\n<!DOCTYPE html><html>' },
  'the type of a page without a body': { status: 403, headers: HTML, body: '' },
  'the XML of a storage service': { status: 403, headers: { 'content-type': 'application/xml' }, body: '<Error/>' },
  'an identity-aware proxy': { status: 401, headers: { ...TEXT, 'x-goog-iap-generated-response': 'true' }, body: 'no' },
  'a rule of Cloudflare': { status: 403, headers: { server: 'cloudflare' }, body: 'error code: 1020' },
  'an access rule of Envoy': { status: 403, headers: { ...TEXT, server: 'envoy' }, body: 'RBAC: access denied' },
  'an access rule of Envoy behind another server': { status: 403, headers: TEXT, body: 'RBAC: access denied' },
  'Envoy without a body': { status: 403, headers: { server: 'istio-envoy' }, body: '' },
  'the tokens of Envoy': { status: 401, headers: { server: 'envoy' }, body: 'Jwt is missing' },
  'a gateway of AWS': {
    status: 403,
    headers: { ...JSON_TYPE, 'apigw-requestid': 'a' },
    body: '{"message":"Forbidden"}',
  },
  'a gateway of Azure': { status: 401, headers: JSON_TYPE, body: '{"statusCode":401,"message":"Access denied"}' },
  'a gateway of Google': { status: 401, headers: JSON_TYPE, body: '{"code":401,"message":"Jwt is expired"}' },
  'an API of Google': {
    status: 403,
    headers: { ...JSON_TYPE, server: 'Google Frontend' },
    body: '{"error":{"code":403,"message":"no","status":"PERMISSION_DENIED"}}',
  },
  Apigee: { status: 401, headers: JSON_TYPE, body: '{"fault":{"faultstring":"Invalid ApiKey"}}' },
  Kong: { status: 401, headers: { server: 'kong/3.7.1' }, body: '{"message":"Unauthorized"}' },
  'basic authentication': { status: 401, headers: { 'www-authenticate': 'Basic realm="x"' }, body: 'Unauthorized' },
  'a load balancer of AWS': { status: 403, headers: { server: 'awselb/2.0' }, body: '' },
  'nginx with a text of its own': { status: 403, headers: { ...TEXT, server: 'nginx' }, body: 'blocked' },
  'a text that came via another proxy': { status: 403, headers: { via: '1.1 varnish' }, body: 'Denied' },
  'problem details': {
    status: 403,
    headers: { 'content-type': 'application/problem+json' },
    body: '{"type":"about:blank","title":"Forbidden","status":403}',
  },
  'an ingress without a route': { status: 404, headers: TEXT, body: 'default backend - 404' },
};

for (const [what, answer] of Object.entries(OF_A_FRONT)) {
  test(`author: ${what} is in front of the service`, () => {
    expect(authorOf(answer)).toMatchObject({ is: 'front', because: expect.stringMatching(/^(?:its|it) /) });
  });
}

/** Answers of the service, also through something in front of it. */
const OF_THE_SERVICE: Readonly<Record<string, Answer>> = {
  'the words of the status from a Python server': {
    status: 403,
    headers: { ...TEXT, server: 'uvicorn' },
    body: 'Forbidden',
  },
  'another text from a Python server': { status: 400, headers: { server: 'uvicorn' }, body: 'Invalid host header' },
  'a detail': { status: 403, headers: JSON_TYPE, body: '{"detail":"Forbidden"}' },
  'a detail through nginx': {
    status: 403,
    headers: { ...JSON_TYPE, server: 'nginx' },
    body: '{"detail":"Not authenticated"}',
  },
  'a detail through a load balancer of Google': {
    status: 403,
    headers: { ...JSON_TYPE, server: 'Google Frontend', via: '1.1 google' },
    body: '{"detail":"Forbidden"}',
  },
  'an error of a middleware': { status: 503, headers: JSON_TYPE, body: '{"error":"service_not_ready","message":"no"}' },
  'a refusal that Envoy handed on': {
    status: 403,
    headers: { ...TEXT, server: 'istio-envoy', 'x-envoy-upstream-service-time': '3' },
    body: '',
  },
  'a message from a Python server': { status: 403, headers: { server: 'uvicorn' }, body: '{"message":"no"}' },
  'a page with an exception': { status: 500, headers: HTML, body: '<html>Traceback (most recent call last):' },
};

for (const [what, answer] of Object.entries(OF_THE_SERVICE)) {
  test(`author: ${what} is of the service`, () => {
    expect(authorOf(answer).is).toBe('service');
  });
}

/** Answers that both may have written. */
const OF_ANYBODY: Readonly<Record<string, Answer>> = {
  'nothing at all': { status: 403, headers: {} },
  'the words of the status through nginx': { status: 403, headers: { ...TEXT, server: 'nginx' }, body: 'Forbidden' },
  'the words of the status through Google': { status: 403, headers: { server: 'Google Frontend' }, body: 'Forbidden' },
  'no body through Cloudflare': { status: 403, headers: { server: 'cloudflare', 'cf-ray': 'a' }, body: '' },
  'a text without a server': { status: 403, headers: TEXT, body: 'see <html>' },
};

for (const [what, answer] of Object.entries(OF_ANYBODY)) {
  test(`author: ${what} shows nobody`, () => {
    expect(authorOf(answer)).toEqual({ is: 'unknown', because: '' });
  });
}
