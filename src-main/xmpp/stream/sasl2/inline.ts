/** What is asked for beside the authentication (XEP-0388 §2.6), and what came of it. */
import { ns, streamManagement } from '../namespaces';
import {
  enabledIn,
  enableElement,
  isResumeAnswer,
  resumeAnswer,
  resumeElement,
  type Enabled,
  type ResumeAnswer,
} from '../stream-management';
import type { Walk } from '../walk';
import { xml, type Element } from '../xml';
import type { Sasl2Offer } from './offer';

/** Who we are (XEP-0388 §2.3.1), what to bind (XEP-0386), and the session to go on with (XEP-0198 §9). */
export const inlineRequest = ({ request }: Walk, offer: Sasl2Offer): readonly Element[] => {
  const { resume } = request;
  return [
    userAgent(request.userAgent),
    ...(offer.bind ? [bindRequest(request.resource, offer.bind, request.resumable !== 'no')] : []),
    ...(resume && offer.resume.includes(resume.version) ? [resumeElement(resume)] : []),
  ];
};

export const userAgent = (id: string): Element =>
  xml('user-agent', { xmlns: ns.sasl2, id }, xml('software', { xmlns: ns.sasl2 }, 'Flint'));

/** The server makes a resource of the tag. One that has Bind 2 is too young to resume badly: it is not asked (R26). */
const bindRequest = (resource: string, features: readonly string[], resumable: boolean): Element => {
  const version = inlineVersion(features);
  const tag = resource.replace(/-[^-]*$/, '');
  return xml(
    'bind',
    { xmlns: ns.bind2 },
    xml('tag', { xmlns: ns.bind2 }, tag),
    ...(features.includes(ns.carbons) ? [xml('enable', { xmlns: ns.carbons })] : []),
    ...(version ? [enableElement(version, resumable)] : []),
  );
};

const inlineVersion = (features: readonly string[]): string | undefined =>
  streamManagement.find((version) => features.includes(version));

export interface Inline {
  /** Full JID, once something is bound. */
  readonly jid: string | null;
  readonly bound: { readonly carbons: boolean; readonly enabled: Enabled | null } | null;
  readonly resume: ResumeAnswer | null;
}

/** What `<success/>` says of it. */
export const inlineIn = (success: Element, { request, endpoint }: Walk, offer: Sasl2Offer): Inline => {
  const { resume } = request;
  const bound = success.getChild('bound', ns.bind2);
  const version = inlineVersion(offer.bind ?? []);
  const enabled = version === undefined ? undefined : bound?.getChild('enabled', version);
  const answer = resume && success.getChildElements().find((child) => isResumeAnswer(child, resume));
  return {
    jid: success.getChildText('authorization-identifier', ns.sasl2),
    bound: bound
      ? {
          carbons: offer.bind?.includes(ns.carbons) ?? false,
          enabled: enabled ? enabledIn(enabled, endpoint) : null,
        }
      : null,
    resume: resume && answer ? resumeAnswer(answer, resume) : null,
  };
};
