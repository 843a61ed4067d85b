import type { OwnPresence } from '../../tests/peers/peer';

/** Somebody in Juliet's contact list. */
export interface Person {
  /** The local part of the address. */
  readonly name: string;
  /** What Juliet calls them. */
  readonly nick: string;
  readonly group: 'Family' | 'Friends';
  /** null: not signed in. */
  readonly presence: OwnPresence | null;
  /** What waits for Juliet when she signs in. */
  readonly waiting?: readonly string[];
}

export const juliet = { name: 'juliet', nick: 'Juliet Capulet' } as const;

export const people: readonly Person[] = [
  {
    name: 'romeo',
    nick: 'Romeo Montague',
    group: 'Friends',
    presence: { status: 'Under your balcony' },
    waiting: [
      'Good morning! Are you up already?',
      'The list for Saturday is at https://verona.example/saturday',
    ],
  },
  {
    name: 'nurse',
    nick: 'Nurse',
    group: 'Family',
    presence: { show: 'away', status: 'At the market until noon' },
    waiting: ['Your mother is looking for you.'],
  },
  {
    name: 'mercutio',
    nick: 'Mercutio',
    group: 'Friends',
    presence: { show: 'chat', status: 'Talk to me' },
  },
  {
    name: 'benvolio',
    nick: 'Benvolio Montague',
    group: 'Friends',
    presence: { show: 'xa', status: 'Back on Thursday' },
  },
  {
    name: 'rosaline',
    nick: '罗瑟琳 Rosaline',
    group: 'Friends',
    presence: { status: '在去凯普莱特家的路上' },
  },
  { name: 'laurence', nick: 'Friar Laurence', group: 'Friends', presence: null },
  {
    name: 'capulet',
    nick: 'Lady Capulet',
    group: 'Family',
    presence: { show: 'dnd', status: 'Planning the feast' },
  },
  { name: 'tybalt', nick: 'Tybalt', group: 'Family', presence: null },
];

/** What somebody who is in the conversation says: on their own, and to what they read. */
export interface Part {
  readonly name: string;
  /** Said now and then, in this order, over and over. */
  readonly own: readonly string[];
  readonly toGreeting: readonly string[];
  readonly toQuestion: readonly string[];
  readonly toAnything: readonly string[];
  readonly toChinese: readonly string[];
}

export const parts: readonly Part[] = [
  {
    name: 'romeo',
    own: [
      'I found the record you were looking for. Second-hand, but it plays.',
      'Mercutio wants to know if he may bring his drum 🥁',
      'Do not forget the umbrella, there are clouds over Mantua.',
      '我在学中文：你好，朱丽叶！',
      'Rehearsal moved to six. Same place.',
    ],
    toGreeting: ['Hello! I was just about to write to you.', 'There you are 🙂'],
    toQuestion: [
      'Let me think about it until tonight.',
      'Yes, I think so. Shall we ask Benvolio too?',
      'Not yet. I will know more after lunch.',
    ],
    toAnything: [
      'That is good to hear.',
      'Ha! Tell me more when we meet.',
      'Done. See you at the balcony.',
      'I will pass it on to Mercutio.',
    ],
    toChinese: ['好的，没问题！', '我明白了，晚上见。', '真的吗？太好了 🎉'],
  },
  {
    name: 'nurse',
    own: ['The dress is back from the tailor.', 'Eat something before you go out!'],
    toGreeting: ['Good day, child.'],
    toQuestion: ['Ask your mother.', 'How should I know? My knees hurt.'],
    toAnything: ['Well, well.', 'I will say nothing to nobody.'],
    toChinese: ['好孩子。'],
  },
];
