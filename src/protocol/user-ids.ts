/** How many characters of a user id some welcomes, logs and connection names keep (protocol notes §5.4). */
export const KEPT_CHARACTERS = 8;

/** Stands for a UUID in a pattern of user ids. */
export const UUID_MARK = '{uuid}';

/** Stands for a number in base 36 in a pattern of user ids, such as `e2e-{n}`. */
export const NUMBER_MARK = '{n}';

/** How many digits {@link NUMBER_MARK} becomes: two that distinguish the workers, two for the users of one worker. */
export const NUMBER_DIGITS = 4;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const ACCEPTED = [UUID, /^e2e-[\w-]+$/, /^staging-e2e-user-\d+$/];

/** The forms of user ids that beta-9 accepts, in words (observed). */
export const USER_ID_FORMS = 'a UUID; "e2e-" and then letters, digits, _ or -; "staging-e2e-user-" and then digits';

/** Whether beta-9 accepts a user id; it ends the connections of any other with 1011 before any frame (observed). */
export function isAcceptedUserId(userId: string): boolean {
  return ACCEPTED.some((form) => form.test(userId));
}

/** Whether a user id is a UUID, of any version. */
export function isUuid(userId: string): boolean {
  return UUID.test(userId);
}
