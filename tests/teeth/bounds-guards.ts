import type { Guard } from './guard';

/** How much of what anybody can send is held, and what it may do here. */
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
  {
    id: 'R11',
    file: 'src-main/session/incoming/read-message.ts',
    find: 'const latest = Math.max(own.now, own.serverNow ?? own.now);',
    replace: 'const latest = own.now;',
    test: 'tests/unit/session/read-message.test.ts',
  },
  {
    id: 'R11',
    file: 'src-main/xmpp/guards/delay.ts',
    find: 'sensibleClock(at, now) ?? sensibleTime(at, now)',
    replace: 'sensibleTime(at, now)',
    test: 'tests/unit/session/read-message.test.ts',
  },
  {
    id: 'T12',
    file: 'src-main/xmpp/guards/delay.ts',
    find: 'sensibleClock(at, now) ?? sensibleTime(at, now)',
    replace: 'sensibleTime(at, Infinity * now)',
    test: 'tests/unit/session/read-message.test.ts',
  },
  {
    id: 'T31',
    file: 'src-main/session/iq-responder.ts',
    find: 'if (trusted && isVersionRequest(request))',
    replace: 'if (isVersionRequest(request))',
    test: 'tests/unit/session/services.test.ts',
  },
];
