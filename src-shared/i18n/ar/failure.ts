import type { DraftCatalogue } from '../catalogue';

export const failure: DraftCatalogue['failure'] = {
  'unknown-host-title': 'لم يُعثر على الخادم.',
  'unknown-host-meaning': 'لا حاسوب يجيب بهذا الاسم، أو هذا الحاسوب ليس على شبكة.',
  'unknown-host-remedy':
    'تحقق من الكتابة بعد @ ومن الشبكة. قد يكون للخادم في المكتب اسم خاص به: اكتبه تحت «المزيد».',

  'refused-title': 'رفض الخادم الاتصال.',
  'refused-meaning': 'الحاسوب موجود، لكن لا شيء يستمع على هذا المنفذ.',
  'refused-remedy': 'تحقق من المنفذ (Openfire: \u200f7070 أو 7443) ومن أن خادم المحادثة يعمل.',

  'unreachable-title': 'تعذّر الوصول إلى الخادم.',
  'unreachable-meaning': 'لا طريق إليه من هذه الشبكة.',
  'unreachable-remedy': 'تحقق من الشبكة، ومن VPN إن لزم، ومن الجدار الناري.',

  'timeout-title': 'استغرق الخادم وقتًا أطول من اللازم.',
  'timeout-meaning': 'لم يُجب في الوقت المناسب عند الخطوة المعلَّمة أعلاه.',
  'timeout-remedy': 'حاول مرة أخرى. إن استمر الأمر فقد يعترض جدار ناري الطريق، أو يكون الخادم مثقلًا.',

  'not-websocket-title': 'هذا ليس عنوان خادم محادثة.',
  'not-websocket-meaning': 'أجاب شيء ما (الحالة {status})، لكن ليس عبر WebSocket.',
  'not-websocket-remedy':
    'تحقق من المنفذ والمسار: Openfire له \u200e/ws/\u200e وProsody له \u200e/xmpp-websocket\u200e وejabberd له \u200e/ws\u200e.',

  'no-subprotocol-title': 'لا يتحدث الخادم XMPP هنا.',
  'no-subprotocol-meaning': 'لديه WebSocket في هذا العنوان لكنه ليس للمحادثة، أو هو في طور التشغيل.',
  'no-subprotocol-remedy': 'تحقق من المسار، أو حاول بعد دقيقة.',

  'wrong-domain-title': 'هذا الخادم غير مسؤول عن هذا العنوان.',
  'wrong-domain-meaning': 'يجيب باسم نطاق غير الذي بعد @.',
  'wrong-domain-remedy': 'تحقق من الجزء بعد @. إنه نطاق XMPP للخادم، وقد يختلف عن اسم المضيف.',

  'tls-self-signed-title': 'أهذا خادمك؟',
  'tls-self-signed-meaning':
    'يعرض شهادة لم توقّعها جهة معروفة. هكذا يأتي Openfire، وهكذا أيضًا يبدو غريب في المنتصف. لم تُرسل أي كلمة مرور.',
  'tls-self-signed-remedy': 'اسأل المسؤول عن البصمة وقارنها.',

  'tls-expired-title': 'انتهت صلاحية شهادة الخادم.',
  'tls-expired-meaning': 'كانت صالحة يومًا، لكن لم يجدّدها أحد. لم تُرسل أي كلمة مرور.',
  'tls-expired-remedy': 'أخبر المسؤول. إن كنت تعرف البصمة فيمكن الوثوق بها لهذا الخادم.',

  'tls-wrong-name-title': 'الشهادة لخادم آخر.',
  'tls-wrong-name-meaning': 'لا تذكر المضيف المطلوب. لم تُرسل أي كلمة مرور.',
  'tls-wrong-name-remedy':
    'تحقق من عنوان الخادم. إن كان المسؤول يعرف هذه البصمة فيمكن الوثوق بها لهذا الخادم.',

  'tls-changed-title': 'تغيّرت شهادة الخادم.',
  'tls-changed-meaning':
    'ليست التي وُثق بها من قبل. تُجدَّد الشهادات بين حين وآخر، لكن قد يكون أحد في المنتصف. لم تُرسل أي كلمة مرور.',
  'tls-changed-remedy': 'قارن البصمتين مع المسؤول قبل أن تثق بالجديدة.',

  'tls-failed-title': 'تعذّر تأمين الخط.',
  'tls-failed-meaning': 'فشل التشفير ({reason}). لم تُرسل أي كلمة مرور.',
  'tls-failed-remedy': 'تحقق من أن المنفذ هو المشفّر (Openfire: \u200f7443) واسأل المسؤول.',

  'plain-refused-title': 'ستكون كلمة المرور مقروءة في الطريق.',
  'plain-refused-meaning': 'الخط غير مشفّر، ولا يقبل الخادم كلمة المرور إلا كما هي. لم يرسلها Flint.',
  'plain-refused-remedy': 'استخدم عنوان \u2066wss://\u2069. في شبكة تثق بها يمكنك السماح بذلك لهذا الحساب.',

  'scram-lost-title': 'يطلب الخادم أمانًا أقل من قبل.',
  'scram-lost-meaning':
    'كان يتحقق من كلمة المرور من دون رؤيتها، والآن يريد رؤيتها. ربما نقل المسؤول الحسابات، وقد يكون أحد في المنتصف. لم يرسلها Flint.',
  'scram-lost-remedy': 'اسأل المسؤول. إن كان ذلك مقصودًا فاسمح به لهذا الحساب.',

  'no-mechanism-title': 'لا طريقة مشتركة لتسجيل الدخول.',
  'no-mechanism-meaning': 'لا يعرض الخادم طريقة يعدّها Flint آمنة (المعروض: {offered}).',
  'no-mechanism-remedy': 'اطلب من المسؤول السماح بـ SCRAM، أو بـ PLAIN عبر خط مشفّر.',

  'mechanism-missing-title': 'لا يعرض الخادم {wanted}.',
  'mechanism-missing-meaning': 'اخترت أن يكون تسجيل الدخول بها وحدها. يعرض الخادم: {offered}.',
  'mechanism-missing-remedy': 'اختر آلية أخرى تحت «المزيد» أو الأقوى.',

  'not-authorized-title': 'رفض الخادم هذا الاسم وكلمة المرور.',
  'not-authorized-meaning': 'لا يقول أيهما خاطئ.',
  'not-authorized-remedy': 'تحقق من Caps Lock ومن كتابة العنوان. هل غيّرت كلمة المرور اليوم؟ استخدم الجديدة.',

  'account-disabled-title': 'هذا الحساب معطّل.',
  'account-disabled-meaning': 'يعرفه الخادم لكنه لا يُدخله.',
  'account-disabled-remedy': 'اطلب من المسؤول تفعيله.',

  'credentials-expired-title': 'انتهت صلاحية كلمة المرور.',
  'credentials-expired-meaning': 'يريد الخادم كلمة جديدة قبل أن يُدخلك.',
  'credentials-expired-remedy': 'غيّرها حيث تتيح مؤسستك ذلك، ثم سجّل الدخول بالجديدة.',

  'temporary-auth-failure-title': 'لا يستطيع الخادم التحقق من كلمات المرور الآن.',
  'temporary-auth-failure-meaning': 'قد يكون الاسم وكلمة المرور صحيحين.',
  'temporary-auth-failure-remedy': 'يعيد Flint المحاولة من تلقاء نفسه. إن طال الأمر فأخبر المسؤول.',

  'server-forged-title': 'لم يثبت الخادم أنه خادمك.',
  'server-forged-meaning': 'لا يعرف كلمة مرورك، أو غُيّر ما يعرضه في الطريق.',
  'server-forged-remedy': 'لا تسجّل الدخول من هذه الشبكة. أخبر المسؤول.',

  'weak-scram-title': 'يتحقق الخادم من كلمات المرور بطريقة غير آمنة.',
  'weak-scram-meaning': 'عدد جولاته ({iterations}) خارج الحد الآمن.',
  'weak-scram-remedy': 'اطلب من المسؤول ضبطه بين 4,096 و1,000,000.',

  'auth-failed-title': 'فشل تسجيل الدخول.',
  'auth-failed-meaning': 'توقف الخادم بسبب «{condition}».',
  'auth-failed-remedy': 'حاول مرة أخرى. إن استمر الأمر فأرِ المسؤول XML.',

  'bind-failed-title': 'لم يعطِ الخادم مكانًا لهذا الدخول.',
  'bind-failed-meaning': 'أجاب «{condition}».',
  'bind-failed-remedy': 'سجّل الخروج من جهاز لم تعد تستخدمه، أو اختر موردًا آخر تحت «المزيد».',

  'conflict-title': 'سجّلت الدخول في مكان آخر.',
  'conflict-meaning': 'أغلق الخادم هذه الجلسة لأجل أحدث منها بالاسم نفسه.',
  'conflict-remedy': 'سجّل الدخول هنا من جديد إن كنت أنت. وإلا فغيّر كلمة المرور.',

  'replaced-credentials-title': 'أنهى الخادم هذه الجلسة.',
  'replaced-credentials-meaning':
    'غُيّرت كلمة المرور أو أُزيل الحساب. يبقى سجلك والرسائل غير المرسلة محفوظة هنا.',
  'replaced-credentials-remedy': 'سجّل الدخول بكلمة المرور الجديدة، أو اسأل المسؤول.',

  'system-shutdown-title': 'يتوقف الخادم عن العمل.',
  'system-shutdown-meaning': 'يُعاد تشغيله أو تجري صيانته.',
  'system-shutdown-remedy': 'يعود Flint من تلقاء نفسه حالما يعود الخادم.',

  'policy-violation-title': 'يطلب الخادم التخفيف.',
  'policy-violation-meaning': 'جاء الكثير من هذا الحساب في وقت قصير.',
  'policy-violation-remedy': 'ينتظر Flint ويعيد المحاولة من تلقاء نفسه. لا يضيع شيء.',

  'stream-error-title': 'أنهى الخادم الحديث.',
  'stream-error-meaning': 'ذكر «{condition}» سببًا.',
  'stream-error-remedy': 'يعيد Flint المحاولة من تلقاء نفسه. إن استمر الأمر فأرِ المسؤول XML.',

  'malformed-title': 'أرسل الخادم شيئًا لا يُقرأ.',
  'malformed-meaning': 'ليس XMPP صالحًا، لذا أغلق Flint الخط احتياطًا.',
  'malformed-remedy': 'يعيد Flint المحاولة من تلقاء نفسه. إن استمر الأمر فأخبر المسؤول.',

  'closed-title': 'انقطع الخط.',
  'closed-meaning': 'أغلقه الخادم أو شيء في المنتصف بلا كلمة.',
  'closed-remedy': 'تحقق من الشبكة. يعيد Flint المحاولة من تلقاء نفسه بعد أن تكون قد دخلت مرة.',

  'password-needed-title': 'كلمة المرور مطلوبة.',
  'password-needed-meaning': 'لا كلمة مرور محفوظة على هذا الحاسوب.',
  'password-needed-remedy': 'اكتبها لتسجيل الدخول.',

  'not-kept-title': 'لا يمكن حفظ ما يصل.',
  'not-kept-meaning': 'تعذّرت كتابته على قرص هذا الحاسوب، لذا ينتظر على الخادم. لا يضيع شيء.',
  'not-kept-remedy': 'أفرغ مساحة على القرص. يعيد Flint المحاولة من تلقاء نفسه.',

  'keyring-title': 'لا تعطي حلقة المفاتيح كلمة المرور.',
  'keyring-meaning': 'مخزن كلمات المرور في النظام مقفل، أو رفض، أو لم يُجب.',
  'keyring-remedy': 'افتحه وحاول مرة أخرى، أو اكتب كلمة المرور.',

  'cannot-be-invisible-title': 'لا يتيح هذا الخادم الاختفاء.',
  'cannot-be-invisible-meaning': 'الدخول الآن يُظهرك متصلًا، لذا توقف Flint قبل ذلك.',
  'cannot-be-invisible-remedy': 'أوقف «البدء مخفيًا» تحت «المزيد»، أو اختر حضورًا آخر.',

  'user-exists-title': 'هذا الاسم مستخدم.',
  'user-exists-meaning': 'لأحدهم حساب بهذا العنوان بالفعل.',
  'user-exists-remedy': 'اختر اسمًا آخر، أو سجّل الدخول إن كان لك.',

  'registration-closed-title': 'لا يقبل هذا الخادم حسابات جديدة.',
  'registration-closed-meaning': 'ينشئ مسؤوله الحسابات.',
  'registration-closed-remedy': 'اطلب حسابًا من المسؤول ثم سجّل الدخول به.',

  'registration-form-title': 'يطلب هذا الخادم أكثر من اسم وكلمة مرور.',
  'registration-form-meaning': 'لا يمكن ملء استمارته هنا.',
  'registration-form-remedy': 'أنشئ الحساب على صفحة الخادم نفسه ثم سجّل الدخول به.',

  'registration-refused-title': 'لم ينشئ الخادم الحساب.',
  'registration-refused-meaning': 'ذكر «{condition}» سببًا.',
  'registration-refused-remedy': 'جرّب اسمًا أو كلمة مرور أخرى، أو اسأل المسؤول.',
  'too-large-title': 'أرسل الخادم أكثر من اللازم دفعة واحدة.',
  'too-large-meaning':
    'كانت إحدى القطع أطول أو أعمق تداخلًا مما يقبله Flint، فأغلق الخط احتياطًا. أقصى حجم لقائمة جهات الاتصال 8 م.ب.',
  'too-large-remedy':
    'إن سبق لك تسجيل الدخول فسيحاول Flint من تلقاء نفسه. وإن استمر الأمر فأخبر المسؤول: غالبًا ما تكون قائمة جهات اتصال تضم شركة كاملة.',
};
