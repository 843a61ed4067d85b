import type { IqCaller } from './iq-caller';
import { ns } from './namespaces';
import { takeAnswer, takeInTime } from './answers';
import type { Walk } from './walk';
import { xml } from './xml';

/** A server that does not say what it is keeps nobody waiting. */
const patience = 3_000;

/** XEP-0092 of the server, name and version, while nobody else listens. Null when it does not say. */
export const askSoftware = async ({ stream, account, deps }: Walk, iqs: IqCaller): Promise<string | null> => {
  const asked = iqs.request('get', xml('query', { xmlns: ns.version }), { to: account.domain });
  const reply = takeAnswer(stream, (element) => iqs.take(element) === 'answer');
  const taken = await takeInTime(reply, deps.clock, patience);
  if (!taken?.ok) return null;
  const outcome = await asked;
  const query = outcome.ok ? outcome.iq.getChild('query', ns.version) : undefined;
  const name = query?.getChildText('name', ns.version) ?? '';
  const version = query?.getChildText('version', ns.version) ?? '';
  return name === '' ? null : `${name} ${version}`.trim();
};

/** R26: Openfire below 4.8 resumes over WebSocket, and then loses what it is sent. */
export const resumesSafely = (software: string | null): boolean => {
  const openfire = /^openfire\b\D*(\d+)\.(\d+)/i.exec(software ?? '');
  if (!openfire) return !/^openfire\b/i.test(software ?? '');
  const [major, minor] = openfire.slice(1).map(Number);
  return (major ?? 0) > 4 || (major === 4 && (minor ?? 0) >= 8);
};
