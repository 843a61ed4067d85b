import { expect, it } from 'vitest';
import { filledForm, NICK, parseRegistration } from '../../../src-main/xmpp/xep/0045-register';
import { stanza } from '../../support/stanza';

const answer = (inside: string) =>
  parseRegistration(stanza(`<iq type='result'><query xmlns='jabber:iq:register'>${inside}</query></iq>`));
const form = (nick = '') =>
  `<x xmlns='jabber:x:data' type='form'><field var='FORM_TYPE' type='hidden'><value>http://jabber.org/protocol/muc#register</value></field>` +
  `<field var='${NICK}' type='text-single'><required/><value>${nick}</value></field></x>`;

it('a form asks of somebody who is not registered, with the name in it that he has', () => {
  const asked = answer(form());
  expect(asked).toMatchObject({ registered: false, nick: null });
  const values = (nick: string) => {
    const found = answer(form(nick))?.form;
    return found && filledForm(found, 'Juliet').fields.map((field) => field.values);
  };
  expect(values('')).toEqual([['Juliet']]);
  expect(values('Rosaline')).toEqual([['Rosaline']]);
});

it('whoever is registered is so under the name that each service says in its own way', () => {
  for (const inside of [
    '<registered/><username>Juliet</username>',
    `<registered/><nick>Juliet</nick>${form()}`,
    `<registered/>${form('Juliet')}`,
  ])
    expect(answer(inside)).toMatchObject({ registered: true, nick: 'Juliet' });
  expect(answer('<registered/>')).toMatchObject({ registered: true, nick: null });
});

it('a name is cut, and what asks nothing and says nothing is no answer', () => {
  expect(answer(`<registered/><username>${'x'.repeat(9_000)}</username>`)?.nick).toHaveLength(200);
  expect(answer('<instructions>Go to our page.</instructions>')).toBeNull();
  expect(parseRegistration(stanza(`<iq type='result'/>`))).toBeNull();
});
