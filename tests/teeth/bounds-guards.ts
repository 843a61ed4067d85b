import type { Guard } from './guard';

/** How much of what anybody can send is held. */
export const boundsGuards: readonly Guard[] = [
  {
    id: 'T15',
    file: 'src-main/session/console-log.ts',
    find: 'const shown = ownText(xml.length > MAX_SHOWN ? `${xml.slice(0, MAX_SHOWN)}…` : xml);',
    replace: 'const shown = ownText("") + (xml.length > MAX_SHOWN ? `${xml.slice(0, MAX_SHOWN)}…` : xml);',
    test: 'tests/unit/session/console-log.test.ts',
  },
  {
    id: 'T15',
    file: 'src-main/session/console-log.ts',
    find: '|| held > MAX_HELD',
    replace: '|| held > MAX_HELD * KEPT',
    test: 'tests/unit/session/console-log.test.ts',
  },
  {
    id: 'T31',
    file: 'src-main/session/presences.ts',
    find: 'isStranger ? MAX_OF_STRANGER : MAX_RESOURCES',
    replace: 'isStranger ? MAX_OF_STRANGER * MAX_RESOURCES : MAX_RESOURCES',
    test: 'tests/unit/session/services.test.ts',
  },
  {
    id: 'T31',
    file: 'src-main/session/presences.ts',
    find: '.filter(([jid]) => !strangers.has(jid))',
    replace: '',
    test: 'tests/unit/session/services.test.ts',
  },
  {
    id: 'T30',
    file: 'src-main/session/capabilities.ts',
    find: 'if (left < 0) break;',
    replace: '',
    test: 'tests/unit/session/capabilities.test.ts',
  },
  {
    id: 'T30',
    file: 'src-main/session/capabilities.ts',
    find: 'if (caps.ver.length > MAX_VER || caps.node.length > MAX_NODE) return null;',
    replace: 'if (MAX_VER > MAX_NODE) return null;',
    test: 'tests/unit/session/capabilities.test.ts',
  },
  {
    id: 'T30',
    file: 'src-main/store/tables/saved.ts',
    find: 'WHERE (SELECT count(*) FROM capabilities) >= ?',
    replace: 'WHERE (SELECT count(*) FROM capabilities) < 0 AND 0 < ?',
    test: 'tests/unit/store/read.test.ts',
  },
];
