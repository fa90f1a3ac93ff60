import type { Circle } from './planted-mistakes.ts';

export interface Planted {
  readonly circle: Circle;
}
