export const failure = {
  'unknown-host-title': '找不到服务器。',
  'unknown-host-meaning': '没有服务器使用这个名称，或者此电脑没有联网。',
  'unknown-host-remedy': '请检查 @ 后面的拼写和网络。单位的服务器可能另有名称，可在“更多”中填写。',

  'refused-title': '服务器拒绝了连接。',
  'refused-meaning': '主机在线，但这个端口上没有服务在运行。',
  'refused-remedy': '请检查端口（Openfire 为 7070 或 7443），以及聊天服务器是否在运行。',

  'unreachable-title': '无法连接到服务器。',
  'unreachable-meaning': '从当前网络无法到达服务器。',
  'unreachable-remedy': '请检查网络、可能需要的 VPN 和防火墙。',

  'timeout-title': '服务器响应超时。',
  'timeout-meaning': '在上面标出的步骤中，服务器没有及时响应。',
  'timeout-remedy': '请重试。如果仍然如此，可能有防火墙阻挡，或者服务器过载。',

  'not-websocket-title': '这不是聊天服务器的地址。',
  'not-websocket-meaning': '收到了响应（状态 {status}），但不是 WebSocket。',
  'not-websocket-remedy': '请检查端口和路径：Openfire 用 /ws/，Prosody 用 /xmpp-websocket，ejabberd 用 /ws。',

  'no-subprotocol-title': '服务器在这个地址不提供 XMPP。',
  'no-subprotocol-meaning': '这个地址有 WebSocket，但不是用于聊天的，或者服务器正在启动。',
  'no-subprotocol-remedy': '请检查路径，或者过一分钟再试。',

  'wrong-domain-title': '此服务器不负责这个地址。',
  'wrong-domain-meaning': '它服务的域名与 @ 后面的不同。',
  'wrong-domain-remedy': '请检查 @ 后面的部分。它是服务器的 XMPP 域名，可能与主机名不同。',

  'tls-self-signed-title': '这是你的服务器吗？',
  'tls-self-signed-meaning':
    '它出示的证书未经已知机构签名。Openfire 默认就是这样，但冒充者也会如此。密码没有发出。',
  'tls-self-signed-remedy': '请向管理员索取指纹并进行比对。',

  'tls-expired-title': '服务器的证书已过期。',
  'tls-expired-meaning': '证书曾经有效，但没有续期。密码没有发出。',
  'tls-expired-remedy': '请通知管理员。如果认得这个指纹，可以为此服务器信任它。',

  'tls-wrong-name-title': '证书属于另一台服务器。',
  'tls-wrong-name-meaning': '证书上没有所连接的主机名。密码没有发出。',
  'tls-wrong-name-remedy': '请检查服务器地址。如果管理员认得这个指纹，可以为此服务器信任它。',

  'tls-changed-title': '服务器的证书已变更。',
  'tls-changed-meaning':
    '它不是之前信任的那张证书。证书有时会更新，但也可能有人在中间冒充服务器。密码没有发出。',
  'tls-changed-remedy': '信任新证书之前，请与管理员核对两个指纹。',

  'tls-failed-title': '无法建立加密连接。',
  'tls-failed-meaning': '加密失败（{reason}）。密码没有发出。',
  'tls-failed-remedy': '请确认所用的是加密端口（Openfire 为 7443），并询问管理员。',

  'plain-refused-title': '密码在途中会被看到。',
  'plain-refused-meaning': '连接没有加密，而服务器只接受明文密码。Flint 没有发出密码。',
  'plain-refused-remedy': '请使用 wss:// 地址。在信任的网络中，可以为此账号允许明文。',

  'scram-lost-title': '服务器要求的登录方式不如以前安全。',
  'scram-lost-meaning':
    '以前无需看到密码就能验证，现在却要求看到密码。可能是管理员迁移了账号，也可能有人在中间冒充服务器。Flint 没有发出密码。',
  'scram-lost-remedy': '请询问管理员。如果确实如此，可以为此账号允许。',

  'no-mechanism-title': '没有双方都支持的登录方式。',
  'no-mechanism-meaning': '服务器提供的方式 Flint 都不认为安全（提供：{offered}）。',
  'no-mechanism-remedy': '请管理员启用 SCRAM，或者在加密连接上启用 PLAIN。',

  'mechanism-missing-title': '服务器不支持 {wanted}。',
  'mechanism-missing-meaning': '你指定了只用这种机制登录。服务器支持：{offered}。',
  'mechanism-missing-remedy': '请在“更多”中选择其他机制，或选择最强机制。',

  'not-authorized-title': '服务器拒绝了这个用户名和密码。',
  'not-authorized-meaning': '服务器未说明哪个有误。',
  'not-authorized-remedy': '请检查大写锁定键和地址的拼写。今天改过密码？请用新密码。',

  'account-disabled-title': '此账号已停用。',
  'account-disabled-meaning': '服务器认得它，但不允许登录。',
  'account-disabled-remedy': '请管理员启用账号。',

  'credentials-expired-title': '密码已过期。',
  'credentials-expired-meaning': '服务器要求先更换密码。',
  'credentials-expired-remedy': '请在单位规定的地方更改密码，然后用新密码登录。',

  'temporary-auth-failure-title': '服务器暂时无法验证密码。',
  'temporary-auth-failure-meaning': '用户名和密码可能没有问题。',
  'temporary-auth-failure-remedy': 'Flint 会自动重试。如果一直如此，请通知管理员。',

  'server-forged-title': '服务器没能证明自己的身份。',
  'server-forged-meaning': '它不知道你的密码，或者它提供的内容在途中被改动。',
  'server-forged-remedy': '不要从这个网络登录。请通知管理员。',

  'weak-scram-title': '服务器验证密码的方式不安全。',
  'weak-scram-meaning': '它的迭代次数（{iterations}）超出安全范围。',
  'weak-scram-remedy': '请管理员设为 4,096 到 1,000,000 之间。',

  'auth-failed-title': '登录失败。',
  'auth-failed-meaning': '服务器以“{condition}”结束了登录。',
  'auth-failed-remedy': '请重试。如果仍然如此，请把 XML 交给管理员查看。',

  'bind-failed-title': '服务器没有为这次登录分配资源。',
  'bind-failed-meaning': '它的回答是“{condition}”。',
  'bind-failed-remedy': '请在不再使用的设备上退出登录，或者在“更多”中换一个资源名。',

  'conflict-title': '账号在别处登录。',
  'conflict-meaning': '服务器为同名的新登录断开了这里的连接。',
  'conflict-remedy': '如果是你本人操作，可以在这里重新登录；如果不是，请更改密码。',

  'replaced-credentials-title': '服务器结束了这次登录。',
  'replaced-credentials-meaning': '密码已更改，或者账号已删除。聊天记录和未发出的消息都保留在这里。',
  'replaced-credentials-remedy': '请用新密码登录，或者询问管理员。',

  'system-shutdown-title': '服务器正在关闭。',
  'system-shutdown-meaning': '它正在重启或维护。',
  'system-shutdown-remedy': '服务器恢复后，Flint 会自动重新连接。',

  'policy-violation-title': '服务器要求放慢发送。',
  'policy-violation-meaning': '此账号短时间内发送的内容过多。',
  'policy-violation-remedy': 'Flint 会等待并自动重试，不会丢失任何内容。',

  'stream-error-title': '服务器结束了连接。',
  'stream-error-meaning': '原因是“{condition}”。',
  'stream-error-remedy': 'Flint 会自动重试。如果仍然如此，请把 XML 交给管理员查看。',

  'malformed-title': '服务器发来的内容无法读取。',
  'malformed-meaning': '它不是有效的 XMPP，为安全起见 Flint 断开了连接。',
  'malformed-remedy': 'Flint 会自动重试。如果仍然如此，请通知管理员。',

  'too-large-title': '服务器一次发来的内容过大。',
  'too-large-meaning':
    '有一段内容过长或嵌套过深，超出了 Flint 接受的范围，为安全起见 Flint 断开了连接。联系人列表最多可以有 8 MB。',
  'too-large-remedy':
    '只要曾经成功登录，Flint 会自动重试。如果仍然如此，请联系管理员：原因通常是联系人列表包含了整个公司。',

  'closed-title': '连接已断开。',
  'closed-meaning': '服务器或中间的设备没有说明原因就断开了连接。',
  'closed-remedy': '请检查网络。登录成功过之后，Flint 会自动重试。',

  'password-needed-title': '需要密码。',
  'password-needed-meaning': '此电脑上没有保存密码。',
  'password-needed-remedy': '请输入密码登录。',

  'not-kept-title': '收到的内容无法保存。',
  'not-kept-meaning': '无法写入此电脑的磁盘，因此内容留在服务器上，不会丢失。',
  'not-kept-remedy': '请腾出磁盘空间。Flint 会自动重试。',

  'keyring-title': '密钥环没有给出密码。',
  'keyring-meaning': '系统的密码库已锁定、拒绝访问或没有响应。',
  'keyring-remedy': '请解锁后重试，或者直接输入密码。',

  'cannot-be-invisible-title': '此服务器不支持隐身。',
  'cannot-be-invisible-meaning': '现在登录会显示为在线，因此 Flint 没有继续。',
  'cannot-be-invisible-remedy': '请在“更多”中关闭“隐身登录”，或者选择其他状态。',

  'user-exists-title': '此用户名已被占用。',
  'user-exists-meaning': '已经有人使用这个地址。',
  'user-exists-remedy': '请换一个用户名；如果这就是你的账号，直接登录即可。',

  'registration-closed-title': '此服务器不接受新账号。',
  'registration-closed-meaning': '账号由管理员创建。',
  'registration-closed-remedy': '请管理员创建账号，然后登录。',

  'registration-form-title': '此服务器要求的不只是用户名和密码。',
  'registration-form-meaning': '它的表单无法在这里填写。',
  'registration-form-remedy': '请在服务器自己的网页上创建账号，然后登录。',

  'registration-refused-title': '服务器没有创建账号。',
  'registration-refused-meaning': '它给出的原因是“{condition}”。',
  'registration-refused-remedy': '请换一个用户名或密码再试，或者联系管理员。',
} as const;
