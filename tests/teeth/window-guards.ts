import type { Guard } from './guard';

/** The window: its walls, and what text may become there. */
export const windowGuards: readonly Guard[] = [
  {
    id: 'T22',
    file: 'src-shared/model/xmpp-link.ts',
    find: '|| !WRITTEN.test(rest)) return null;',
    replace: ') return null;',
    test: 'tests/unit/model/xmpp-link.test.ts',
  },
  {
    id: 'T22',
    file: 'src-shared/model/xmpp-link.ts',
    find: "      return { is: 'join', jid: jid.bare };\n    case 'message': {",
    replace: "    case 'subscribe':\n      return { is: 'join', jid: jid.bare };\n    case 'message': {",
    test: 'tests/unit/model/xmpp-link.test.ts',
  },
  {
    id: 'T22',
    file: 'src-renderer/features/contact/LinkDialog.vue',
    find: "link && link.is !== 'join' && !known(link.jid) ? link : null",
    replace: 'null',
    test: 'tests/e2e/conversation/xmpp-links.test.ts',
  },
  {
    id: 'T13',
    file: 'src-renderer/text/link-node.ts',
    find: "token.type === 'text' ? nameNodes(token.text, name) :",
    replace: "token.type === 'text' ? [h('span', { innerHTML: token.text })] :",
    test: 'tests/security/markup.test.ts',
  },
  {
    id: 'T13',
    file: 'src-renderer/features/console/xml-nodes.ts',
    find: "token.kind === 'text' ? token.text :",
    replace: "token.kind === 'text' ? h('span', { innerHTML: token.text }) :",
    test: 'tests/security/markup.test.ts',
  },
  {
    id: 'T23',
    file: 'src-renderer/text/tokens.ts',
    find: 'if (url === null || !schemes.test(url)) return null;',
    replace: 'if (url === null) return value;',
    test: 'tests/unit/text/tokens.test.ts',
  },
  {
    id: 'T16',
    file: 'src-renderer/text/names.ts',
    find: ".replace(bidiControls, '')",
    replace: '',
    test: 'tests/unit/text/names.test.ts',
  },
  {
    id: 'T16',
    file: 'src-renderer/features/contact/address-warning.ts',
    find: 'if (other !== null) return',
    replace: 'if (other === jid) return',
    test: 'tests/unit/renderer/address-warning.test.ts',
  },
  {
    id: 'T16',
    file: 'src-renderer/features/contact/address-warning.ts',
    find: "return mixedScripts(jid) ? { is: 'mixed' } : null;",
    replace: 'return mixedScripts(own) ? null : null;',
    test: 'tests/unit/renderer/address-warning.test.ts',
  },
  {
    id: 'T23',
    file: 'src-main/desktop/links.ts',
    find: 'if (!SCHEMES.has(url.protocol)) return null;',
    replace: '',
    test: 'tests/e2e/shell/walls.test.ts',
    title: 'link.open',
  },
  {
    id: 'T32',
    file: 'src-main/desktop/walls.ts',
    find: `event.preventDefault();
  };
  contents.on('will-navigate'`,
    replace: `void event;
  };
  contents.on('will-navigate'`,
    test: 'tests/e2e/shell/walls.test.ts',
    title: '(13) navigation',
  },
  {
    id: 'T32',
    file: 'src-main/desktop/walls.ts',
    find: "return { action: 'deny' };",
    replace: "return { action: 'allow' };",
    test: 'tests/e2e/shell/walls.test.ts',
    title: 'new windows are refused',
  },
  {
    id: 'T32',
    file: 'src-main/desktop/walls.ts',
    find: 'answer(ours && ALLOWED_PERMISSIONS.includes(permission));',
    replace: 'answer(true);',
    test: 'tests/e2e/shell/walls.test.ts',
    title: '(5) permissions',
  },
  {
    id: 'T32',
    file: 'src-main/desktop/walls.ts',
    find: ' || !microphone.mayHear(contents)',
    replace: '',
    test: 'tests/e2e/shell/walls.test.ts',
    title: '(5) permissions',
  },
  {
    id: 'T32',
    file: 'src-main/desktop/walls.ts',
    find: 'answer({ cancel: !isOwn(details.url) });',
    replace: 'answer({ cancel: false });',
    test: 'tests/e2e/shell/walls.test.ts',
    title: '(1) secure content',
  },
  {
    id: 'T32',
    file: 'src-main/desktop/app-protocol.ts',
    find: `'connect-src': "'none'",`,
    replace: `'connect-src': "*",`,
    test: 'tests/e2e/shell/walls.test.ts',
    title: '(7) the policy holds',
  },
  {
    id: 'T32',
    file: 'src-main/desktop/app-files.ts',
    find: `if (!segments?.every(isPlain)) return null;
  const path = join(dir, ...segments);
  const type = TYPES[extname(path)];
  return path.startsWith(dir + sep) && type !== undefined ?`,
    replace: `if (!segments) return null;
  const path = join(dir, ...segments);
  const type = TYPES[extname(path)] ?? 'text/plain';
  return true ?`,
    test: 'tests/e2e/shell/walls.test.ts',
    title: '(18) app://',
  },
  {
    id: 'T32',
    file: 'src-main/ipc/sender.ts',
    find: 'return frame !== null && frame.parent === null && frame.origin === origin && isOwnWindow(sender);',
    replace:
      "return frame !== null && origin !== '' && typeof isOwnWindow === 'function' && sender !== null;",
    test: 'tests/e2e/shell/walls.test.ts',
    title: '(17) sender',
  },
  {
    id: 'T32',
    file: 'src-main/desktop/window-parts.ts',
    find: 'contextIsolation: true,',
    replace: 'contextIsolation: false,',
    test: 'tests/e2e/shell/walls.test.ts',
    title: '(3) context isolation',
  },
  {
    id: 'T25',
    file: 'src-renderer/features/sign-in/use-sign-in-form.ts',
    find: "password.value = '';\n    left.password",
    replace: 'left.password',
    test: 'tests/e2e/sign-in/secrets.test.ts',
  },
  {
    id: 'T25',
    file: 'src-main/store/driver.ts',
    find: "...(key === null ? {} : { encryptionCipher: 'aes256cbc', encryptionKey: key }),",
    replace: '',
    test: 'tests/e2e/sign-in/secrets.test.ts',
  },
  {
    id: 'R14',
    file: 'src-main/desktop/files.ts',
    find: 'const part = `${path}.part`;',
    replace: 'const part = path;',
    test: 'tests/unit/desktop/files.test.ts',
  },
  {
    id: 'T32',
    file: 'src-main/ipc/answer-call.ts',
    find: "if (!v.safeParse(calls[name].args, args).success) return failed('bad-request');",
    replace: '',
    test: 'tests/unit/desktop/calls.test.ts',
    title: 'every call of the contract',
  },
  {
    id: 'T32',
    file: 'src-main/ipc/answer-call.ts',
    find: "typeof name === 'string' && Object.hasOwn(calls, name)",
    replace: "typeof name === 'string' && name in calls",
    test: 'tests/unit/desktop/calls.test.ts',
    title: 'names that the contract does not have',
  },
  {
    id: 'T24',
    file: 'scripts/package/electron-support.ts',
    find: 'if (today <= end) return null;',
    replace: 'if (today) return null;',
    test: 'tests/unit/desktop/electron-support.test.ts',
  },
  {
    id: 'T31',
    file: 'src-renderer/stores/chats.ts',
    find: "standing === 'open' && (last !== null",
    replace: '(last !== null',
    test: 'tests/unit/renderer/stores.test.ts',
  },
  {
    id: 'R9',
    file: 'src-renderer/stores/messages.ts',
    find: 'const place = places.get(peer);',
    replace: 'const place = places.get(`no ${peer}`);',
    test: 'tests/unit/renderer/messages.test.ts',
  },
  {
    id: 'R21',
    file: 'src-renderer/features/roster/tree.ts',
    find: 'isSame ? old :',
    replace: 'isSame && level < 0 ? old :',
    test: 'tests/unit/renderer/tree.test.ts',
  },
];
