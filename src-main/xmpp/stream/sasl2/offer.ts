import { ns, streamManagement } from '../namespaces';
import type { Offer } from '../sasl/downgrade';
import type { Element } from '../xml';

/** What `<authentication/>` of XEP-0388 says. */
export interface Sasl2Offer {
  readonly mechanisms: readonly string[];
  /** XEP-0484 mechanisms. */
  readonly fast: readonly string[];
  /** XEP-0198 versions that can be resumed inline. */
  readonly resume: readonly string[];
  /** XEP-0386, and the features that it binds inline; null where a resource is bound by IQ. */
  readonly bind: readonly string[] | null;
}

/** Null where the server has no SASL2. */
export const sasl2Offer = (features: Element): Sasl2Offer | null => {
  const authentication = features.getChild('authentication', ns.sasl2);
  if (!authentication) return null;
  const inline = authentication.getChild('inline', ns.sasl2);
  const bind = inline?.getChild('bind', ns.bind2);
  return {
    mechanisms: texts(authentication, 'mechanism', ns.sasl2),
    fast: texts(inline?.getChild('fast', ns.fast), 'mechanism', ns.fast),
    resume: streamManagement.filter((version) => inline?.getChild('sm', version)),
    bind: bind
      ? (bind
          .getChild('inline', ns.bind2)
          ?.getChildren('feature', ns.bind2)
          .map((feature) => String(feature.attrs['var'])) ?? [])
      : null,
  };
};

/** What RFC 6120 SASL offers. */
export const saslMechanisms = (features: Element): readonly string[] =>
  texts(features.getChild('mechanisms', ns.sasl), 'mechanism', ns.sasl);

/** For XEP-0474: the list that the mechanism is chosen from, and the channel bindings (XEP-0440). */
export const offerOf = (mechanisms: readonly string[], features: Element): Offer => ({
  mechanisms,
  channelBindings:
    features
      .getChild('sasl-channel-binding', ns.channelBinding)
      ?.getChildren('channel-binding', ns.channelBinding)
      .map((binding) => String(binding.attrs['type'])) ?? [],
});

const texts = (parent: Element | undefined, name: string, namespace: string): readonly string[] =>
  parent?.getChildren(name, namespace).map((child) => child.getText().trim()) ?? [];
