/** Publish and subscribe, XEP-0060, as far as one's own nodes (XEP-0163) need it. */
import { attr, child, children, xml, type Element } from '../element';
import type { NodeOptions } from './0163-pep';

const PUBSUB = 'http://jabber.org/protocol/pubsub';
const OWNER = `${PUBSUB}#owner`;
const EVENT = `${PUBSUB}#event`;
const FORM = 'jabber:x:data';
export const PUBLISH_OPTIONS = `${PUBSUB}#publish-options`;

export interface PubsubItem {
  readonly id: string;
  readonly payload: Element | null;
}

const form = (type: string, options: NodeOptions): Element =>
  xml(
    'x',
    { xmlns: FORM, type: 'submit' },
    xml('field', { var: 'FORM_TYPE', type: 'hidden' }, xml('value', {}, type)),
    ...Object.entries(options).map(([name, value]) =>
      xml('field', { var: `pubsub#${name}` }, xml('value', {}, value)),
    ),
  );

/** §6.5: every item of a node. */
export const itemsGet = (node: string): Element => xml('pubsub', { xmlns: PUBSUB }, xml('items', { node }));

/**
 * §7.1.5: publishes only where the node is, or can be made, as the options say; without options the node stays as it is,
 * and is made as the server makes one (XEP-0163: for those who see our presence).
 */
export const publish = (node: string, id: string, payload: Element, options?: NodeOptions): Element =>
  xml(
    'pubsub',
    { xmlns: PUBSUB },
    xml('publish', { node }, xml('item', { id }, payload)),
    options && xml('publish-options', {}, form(PUBLISH_OPTIONS, options)),
  );

/** §7.2: takes an item away, and tells those who follow the node. */
export const retract = (node: string, id: string): Element =>
  xml('pubsub', { xmlns: PUBSUB }, xml('retract', { node, notify: 'true' }, xml('item', { id })));

/** §8.1.3: a node that is as the options say from the start. */
export const create = (node: string, options: NodeOptions): Element =>
  xml(
    'pubsub',
    { xmlns: PUBSUB },
    xml('create', { node }),
    xml('configure', {}, form(`${PUBSUB}#node_config`, options)),
  );

/** §8.2: makes an existing node as the options say. */
export const configure = (node: string, options: NodeOptions): Element =>
  xml('pubsub', { xmlns: OWNER }, xml('configure', { node }, form(`${PUBSUB}#node_config`, options)));

const itemsIn = (list: Element, namespace: string): readonly PubsubItem[] =>
  children(list, 'item', namespace).flatMap((item) => {
    const id = attr(item, 'id');
    return id === undefined ? [] : [{ id, payload: item.getChildElements()[0] ?? null }];
  });

/** Items of an answer to itemsGet. */
export const parseItems = (iq: Element, node: string): readonly PubsubItem[] => {
  const pubsub = child(iq, 'pubsub', PUBSUB);
  const list = pubsub && child(pubsub, 'items', PUBSUB);
  return list && attr(list, 'node') === node ? itemsIn(list, PUBSUB) : [];
};

export interface PubsubEvent {
  readonly node: string;
  readonly items: readonly PubsubItem[];
  /** Ids of items that were taken away (§7.2.2.1). */
  readonly gone: readonly string[];
  /** All of them were, at once (§8.5.2). */
  readonly emptied: boolean;
}

/** What happened at a node (§7.1.2.1); null when the message is no event. */
export const parseEvent = (message: Element): PubsubEvent | null => {
  const event = child(message, 'event', EVENT);
  const purge = event && child(event, 'purge', EVENT);
  const list = purge ?? (event && child(event, 'items', EVENT));
  const node = list && attr(list, 'node');
  if (!list || !node) return null;
  const gone = children(list, 'retract', EVENT).flatMap((one) => attr(one, 'id') ?? []);
  return { node, items: itemsIn(list, EVENT), gone, emptied: purge !== undefined };
};

export const isEvent = (message: Element): boolean => child(message, 'event', EVENT) !== undefined;
