import { describe, expect, it } from 'vitest';
import { wordsOf } from '../../../src-renderer/components/fold';
import { haystackOf, marksOf, scoreOf } from '../../../src-renderer/components/match';
import { initialsOf } from '../../../src-renderer/components/pinyin';

const score = (text: string, query: string, fuzzy = true): number =>
  scoreOf(haystackOf(text), wordsOf(query), { fuzzy });
const marked = (text: string, query: string): readonly string[] =>
  marksOf(text, wordsOf(query)).map(([from, to]) => text.slice(from, to));
const best = (query: string, texts: readonly string[]): readonly string[] =>
  texts
    .map((text) => [text, score(text, query)] as const)
    .filter(([, value]) => value > 0)
    .sort(([, a], [, b]) => b - a)
    .map(([text]) => text);

describe('matching', () => {
  it('finds without marks and case', () => {
    expect(marked('Piotr Wiśniewski', 'wisn')).toEqual(['Wiśn']);
    expect(marked('Łukasz Øster', 'oster')).toEqual(['Øster']);
    expect(marked('Straße', 'strasse')).toEqual(['Straße']);
    expect(marked('Émile', 'emi')).toEqual(['Émi']);
  });

  it('finds Chinese names by the initials of their pinyin, in both readings', () => {
    expect(initialsOf('王子轩')).toBe('wzx');
    expect(initialsOf('李雯 Li')).toBe('lw Li');
    expect(initialsOf('阿布 诺拉 欧阳 怡')).toBe('ab nl oy y');
    expect(score('王子轩', 'wzx')).toBeGreaterThan(0);
    expect(score('王子轩', 'zx')).toBeGreaterThan(0);
    expect(score('曾华', 'zh')).toBeGreaterThan(0);
    expect(score('王子轩', 'lw')).toBe(0);
    expect(marked('王子轩', 'zx')).toEqual(['子轩']);
    expect(marked('王子轩', '子')).toEqual(['子']);
  });

  it('knows the initial of common surnames', () => {
    const surnames: Readonly<Record<string, string>> = {
      a: '安敖艾',
      b: '白班包毕边卜',
      c: '蔡曹岑柴常陈程池崔',
      d: '戴邓狄丁董杜段',
      e: '鄂',
      f: '范方费冯傅',
      g: '高葛耿龚古关郭',
      h: '韩杭郝何贺洪侯胡黄霍',
      j: '纪季贾江蒋焦金靳',
      k: '康柯孔匡',
      l: '赖雷黎李连廖林刘龙卢陆路吕罗',
      m: '马麦毛梅孟苗闵莫牟穆',
      n: '倪聂宁牛',
      o: '欧区',
      p: '潘庞裴彭皮蒲',
      q: '戚齐钱强乔秦邱裘瞿全仇',
      r: '冉饶任荣阮芮',
      s: '商邵沈盛施石史司宋苏孙单',
      t: '谭汤唐陶滕田童涂',
      w: '万汪王韦卫魏温翁吴武伍',
      x: '席夏项萧谢邢熊徐许薛荀解',
      y: '严颜杨姚叶易殷尹应尤于余俞喻袁岳',
      z: '詹张章赵郑钟周朱诸祝庄卓宗邹左曾翟',
    };
    for (const [letter, names] of Object.entries(surnames))
      expect(initialsOf(names, true)).toBe(letter.repeat(names.length));
  });

  it('finds letters with others between them, from the beginning of a word on', () => {
    expect(score('Maya Okafor', 'mokf')).toBeGreaterThan(0);
    expect(score('Do not disturb', 'dnd')).toBeGreaterThan(0);
    expect(score('Maya Okafor', 'yaf')).toBe(0);
    expect(score('Maya Okafor', 'mokf', false)).toBe(0);
    expect(marked('Do not disturb', 'dnd')).toEqual(['D', 'n', 'd']);
    expect(score('n words that go on and on before a nearby n comes round with z', 'nz')).toBe(0);
  });

  it('puts whole texts before beginnings, those before words, those before what is inside', () => {
    const texts = ['Adam Anders', 'Mandy', 'Anders', 'And', 'A new dance'];
    expect(best('and', texts)).toEqual(['And', 'Anders', 'Adam Anders', 'Mandy', 'A new dance']);
  });

  it('wants every word, in any order', () => {
    expect(score('Maya Okafor', 'oka maya')).toBeGreaterThan(0);
    expect(score('Maya Okafor', 'maya zoe')).toBe(0);
    expect(marked('Maya Okafor', 'oka ma')).toEqual(['Ma', 'Oka']);
  });

  it('marks emoji and joined signs whole', () => {
    expect(marked('👩‍🚀 Zoë', 'zoe')).toEqual(['Zoë']);
  });
});
