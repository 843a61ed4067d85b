import type { CrowdContact } from '../servers/prosody/crowd';
import { crowdDomain } from '../servers/prosody/config';

/** Of offices all over the world: marks, scripts, names of one letter, and names that are alike. */
const GIVEN =
  'Maya Ingrid Tomás Piotr Fatima Anneke Þórunn Łukasz Étienne Zoë Nguyễn Søren Jürgen Siobhán Kwame Aïcha Müge Béla Ana ' +
  'Chidi Oluwaseun Priya Arjun Mehmet Dominik Renée Åsa İlker Ximena Noël João Ágnes Đorđe Šárka Grace Émilie Li O Wen Zhen';
const FAMILY =
  'Okafor Solheim Herrera Wiśniewski Bennani de\u00a0Vries Guðmundsdóttir Kowalczyk Lefèvre van\u00a0den\u00a0Berg Văn\u00a0Anh Ødegård ' +
  'Müller O’Brien Osei-Bonsu Diallo Yıldız Szabó García Nwosu Adeyemi Raman Patel Öztürk Čapek Dubois Björk Álvarez Novák Smith';
const EASTERN =
  '李雯 王子轩 张伟 王芳 陈晨 赵敏 刘洋 周杰 吴倩 孙丽 佐藤さくら 田中翔 김민준 이서연 Анна\u00a0Соколова Дмитрий\u00a0Иванов Ελένη\u00a0Παπαδοπούλου ' +
  'فاطمة\u00a0الزهراء יעל\u00a0כהן';
const SITES = [
  'Trondheim',
  'Suzhou 苏州',
  'Lyon',
  'Łódź',
  'Accra',
  'São Paulo',
  'Köln',
  'Hyderabad',
  'Izmir',
  'Austin',
];
const TEAMS = [
  'Production',
  'Design',
  'Quality',
  'Sales',
  'Service',
  'Warehouse',
  'IT',
  'Finance',
  'People',
  'Lab',
];

const words = (text: string): readonly string[] =>
  text.split(' ').map((word) => word.replaceAll('\u00a0', ' '));
const [given, family, eastern] = [words(GIVEN), words(FAMILY), words(EASTERN)];
const at = (list: readonly string[], index: number): string => list[index % list.length] ?? '';

/** The n-th contact of a company: the same at every run, each address once. Every fifth name is of an eastern script. */
const person = (n: number, domain: string): CrowdContact => {
  const name =
    n % 5 === 4
      ? `${at(eastern, Math.floor(n / 5))} ${String(Math.floor(n / 5 / eastern.length) + 1)}`
      : `${at(given, n * 7 + Math.floor(n / given.length))} ${at(family, Math.floor(n / given.length) + n)}`;
  const site = at(SITES, n);
  const team = at(TEAMS, Math.floor(n / SITES.length));
  const group = n % 2 === 0 ? `${site}::${team}` : `${team} ${site}`;
  return {
    jid: `p${String(n).padStart(5, '0')}.${team.toLowerCase()}@${crowdDomain(domain)}`,
    name,
    groups: n % 40 === 0 ? [group, 'On the road'] : [group],
  };
};

/** Contacts of a company with ten sites of ten teams each: a hundred groups, half of them inside the site's own. */
export const company = (count: number, domain: string): readonly CrowdContact[] =>
  Array.from({ length: count }, (_, n) => person(n, domain));
