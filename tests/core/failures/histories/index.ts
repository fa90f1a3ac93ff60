import type { SignatureId } from '../../../../src/failures/signatures/index.ts';
import type { MakeHistory } from '../diagnosed-history.ts';
import { IN_USE } from './connection-in-use.ts';
import { OTHERS } from './others.ts';
import { PRODUCT_CLIENTS } from './product-clients.ts';
import { RUNS } from './runs.ts';
import { NOT_CONNECTED } from './upgrade.ts';
import { AROUND_THE_WELCOME } from './welcome.ts';

/** For every signature a history that shows it and that the diagnosis must recognise. */
export const HISTORIES: Partial<Readonly<Record<SignatureId, MakeHistory>>> = {
  ...NOT_CONNECTED,
  ...AROUND_THE_WELCOME,
  ...IN_USE,
  ...RUNS,
  ...PRODUCT_CLIENTS,
  ...OTHERS,
};
