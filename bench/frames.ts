/** An agent event of about 300 bytes, as the server frames it. */
export function eventText(type: string, thread: string, user: string, number: number): string {
  return JSON.stringify({
    type,
    user_id: user,
    thread_id: thread,
    agent_name: 'cost_optimizer',
    timestamp: 1_760_000_000 + number / 1000,
    tool_name: 'cost_analyzer',
    message_id: `message-${number.toString(36).padStart(12, '0')}`,
    content: 'The three largest cost drivers are idle capacity, repeated prompts and long contexts.',
  });
}
