// Minimal table set for a throw-away Openfire 4.2 test database (HSQLDB).
// Column names follow the statements that the server sends; widths are our own.

CREATE TABLE ofVersion (name VARCHAR(60) PRIMARY KEY, version INTEGER NOT NULL);
CREATE TABLE ofID (idType INTEGER PRIMARY KEY, id BIGINT NOT NULL);
CREATE TABLE ofProperty (name VARCHAR(200) PRIMARY KEY, propValue LONGVARCHAR, encrypted INTEGER DEFAULT 0);

CREATE TABLE ofUser (username VARCHAR(80) PRIMARY KEY, plainPassword VARCHAR(80), encryptedPassword VARCHAR(300), storedKey VARCHAR(80), serverKey VARCHAR(80), salt VARCHAR(80), iterations INTEGER, name VARCHAR(120), email VARCHAR(120), creationDate VARCHAR(20) DEFAULT '000000000000000', modificationDate VARCHAR(20) DEFAULT '000000000000000');
CREATE TABLE ofUserProp (username VARCHAR(80), name VARCHAR(120), propValue LONGVARCHAR);
CREATE TABLE ofUserFlag (username VARCHAR(80), name VARCHAR(120), startTime VARCHAR(20), endTime VARCHAR(20));
CREATE TABLE ofGroup (groupName VARCHAR(80) PRIMARY KEY, description VARCHAR(300));
CREATE TABLE ofGroupProp (groupName VARCHAR(80), name VARCHAR(120), propValue LONGVARCHAR);
CREATE TABLE ofGroupUser (groupName VARCHAR(80), username VARCHAR(200), administrator INTEGER DEFAULT 0);
CREATE TABLE ofRoster (rosterID BIGINT PRIMARY KEY, username VARCHAR(80), jid VARCHAR(400), sub INTEGER, ask INTEGER, recv INTEGER, nick VARCHAR(200));
CREATE TABLE ofRosterGroups (rosterID BIGINT, rank INTEGER, groupName VARCHAR(200));

CREATE TABLE ofOffline (username VARCHAR(80), messageID BIGINT, creationDate VARCHAR(20), messageSize INTEGER, stanza LONGVARCHAR);
CREATE TABLE ofPresence (username VARCHAR(80), offlinePresence LONGVARCHAR, offlineDate VARCHAR(20));
CREATE TABLE ofVCard (username VARCHAR(80), vcard LONGVARCHAR);
CREATE TABLE ofPrivate (username VARCHAR(80), name VARCHAR(120), namespace VARCHAR(200), privateData LONGVARCHAR);
CREATE TABLE ofPrivacyList (username VARCHAR(80), name VARCHAR(120), isDefault INTEGER, list LONGVARCHAR);
CREATE TABLE ofSecurityAuditLog (msgID BIGINT, username VARCHAR(80), entryStamp BIGINT, summary VARCHAR(300), node VARCHAR(300), details LONGVARCHAR);
CREATE TABLE ofExtComponentConf (subdomain VARCHAR(200), wildcard INTEGER, secret VARCHAR(200), permission VARCHAR(20));
CREATE TABLE ofRemoteServerConf (xmppDomain VARCHAR(200), remotePort INTEGER, permission VARCHAR(20));

CREATE TABLE ofMucService (serviceID BIGINT, subdomain VARCHAR(200), description VARCHAR(300), isHidden INTEGER);
CREATE TABLE ofMucServiceProp (serviceID BIGINT, name VARCHAR(120), propValue LONGVARCHAR);
CREATE TABLE ofMucRoom (serviceID BIGINT, roomID BIGINT, creationDate VARCHAR(20), modificationDate VARCHAR(20), name VARCHAR(80), naturalName VARCHAR(300), description VARCHAR(300), lockedDate VARCHAR(20), emptyDate VARCHAR(20), canChangeSubject INTEGER, maxUsers INTEGER, publicRoom INTEGER, moderated INTEGER, membersOnly INTEGER, canInvite INTEGER, roomPassword VARCHAR(80), canDiscoverJID INTEGER, logEnabled INTEGER, subject VARCHAR(200), rolesToBroadcast INTEGER, useReservedNick INTEGER, canChangeNick INTEGER, canRegister INTEGER, allowpm INTEGER);
CREATE TABLE ofMucRoomProp (roomID BIGINT, name VARCHAR(120), propValue LONGVARCHAR);
CREATE TABLE ofMucAffiliation (roomID BIGINT, jid VARCHAR(400), affiliation INTEGER);
CREATE TABLE ofMucMember (roomID BIGINT, jid VARCHAR(400), nickname VARCHAR(200), firstName VARCHAR(100), lastName VARCHAR(100), url VARCHAR(200), email VARCHAR(200), faqentry VARCHAR(200));
CREATE TABLE ofMucConversationLog (roomID BIGINT, messageID BIGINT, sender VARCHAR(400), nickname VARCHAR(200), logTime VARCHAR(20), subject VARCHAR(300), body LONGVARCHAR, stanza LONGVARCHAR);

CREATE TABLE ofPubsubNode (serviceID VARCHAR(200), nodeID VARCHAR(200), leaf INTEGER, creationDate VARCHAR(20), modificationDate VARCHAR(20), parent VARCHAR(200), deliverPayloads INTEGER, maxPayloadSize INTEGER, persistItems INTEGER, maxItems INTEGER, notifyConfigChanges INTEGER, notifyDelete INTEGER, notifyRetract INTEGER, presenceBased INTEGER, sendItemSubscribe INTEGER, publisherModel VARCHAR(40), subscriptionEnabled INTEGER, configSubscription INTEGER, accessModel VARCHAR(40), payloadType VARCHAR(200), bodyXSLT VARCHAR(200), dataformXSLT VARCHAR(200), creator VARCHAR(400), description VARCHAR(300), language VARCHAR(40), name VARCHAR(80), replyPolicy VARCHAR(40), associationPolicy VARCHAR(40), maxLeafNodes INTEGER);
CREATE TABLE ofPubsubNodeJIDs (serviceID VARCHAR(200), nodeID VARCHAR(200), jid VARCHAR(400), associationType VARCHAR(40));
CREATE TABLE ofPubsubNodeGroups (serviceID VARCHAR(200), nodeID VARCHAR(200), rosterGroup VARCHAR(200));
CREATE TABLE ofPubsubAffiliation (serviceID VARCHAR(200), nodeID VARCHAR(200), jid VARCHAR(400), affiliation VARCHAR(40));
CREATE TABLE ofPubsubItem (serviceID VARCHAR(200), nodeID VARCHAR(200), id VARCHAR(200), jid VARCHAR(400), creationDate VARCHAR(20), payload LONGVARCHAR);
CREATE TABLE ofPubsubSubscription (serviceID VARCHAR(200), nodeID VARCHAR(200), id VARCHAR(200), jid VARCHAR(400), owner VARCHAR(400), state VARCHAR(40), deliver INTEGER, digest INTEGER, digest_frequency INTEGER, expire VARCHAR(20), includeBody INTEGER, showValues VARCHAR(60), subscriptionType VARCHAR(40), subscriptionDepth INTEGER, keyword VARCHAR(200));
CREATE TABLE ofPubsubDefaultConf (serviceID VARCHAR(200), leaf INTEGER, deliverPayloads INTEGER, maxPayloadSize INTEGER, persistItems INTEGER, maxItems INTEGER, notifyConfigChanges INTEGER, notifyDelete INTEGER, notifyRetract INTEGER, presenceBased INTEGER, sendItemSubscribe INTEGER, publisherModel VARCHAR(40), subscriptionEnabled INTEGER, accessModel VARCHAR(40), language VARCHAR(40), replyPolicy VARCHAR(40), associationPolicy VARCHAR(40), maxLeafNodes INTEGER);

INSERT INTO ofVersion VALUES ('openfire', 26);
// 18 counts roster entries; start it above the rows given below.
INSERT INTO ofID VALUES (18, 1000);
INSERT INTO ofMucService VALUES (1, 'conference', 'Rooms', 0);

INSERT INTO ofProperty (name, propValue) VALUES ('xmpp.domain', 'openfire.test');
INSERT INTO ofProperty (name, propValue) VALUES ('xmpp.fqdn', 'localhost');
INSERT INTO ofProperty (name, propValue) VALUES ('xmpp.auth.anonymous', 'false');
INSERT INTO ofProperty (name, propValue) VALUES ('user.usePlainPassword', 'true');
INSERT INTO ofProperty (name, propValue) VALUES ('httpbind.port.plain', '7070');
INSERT INTO ofProperty (name, propValue) VALUES ('httpbind.port.secure', '7443');
INSERT INTO ofProperty (name, propValue) VALUES ('xmpp.socket.plain.active', 'false');
INSERT INTO ofProperty (name, propValue) VALUES ('xmpp.socket.ssl.active', 'false');
INSERT INTO ofProperty (name, propValue) VALUES ('xmpp.server.socket.active', 'false');
INSERT INTO ofProperty (name, propValue) VALUES ('xmpp.component.socket.active', 'false');
INSERT INTO ofProperty (name, propValue) VALUES ('xmpp.component.ssl.active', 'false');
INSERT INTO ofProperty (name, propValue) VALUES ('xmpp.multiplex.socket.active', 'false');
INSERT INTO ofProperty (name, propValue) VALUES ('xmpp.multiplex.ssl.active', 'false');
INSERT INTO ofProperty (name, propValue) VALUES ('xmpp.proxy.enabled', 'false');
INSERT INTO ofProperty (name, propValue) VALUES ('mediaproxy.enabled', 'false');
INSERT INTO ofProperty (name, propValue) VALUES ('flash.crossdomain.enabled', 'false');
INSERT INTO ofProperty (name, propValue) VALUES ('update.service-enabled', 'false');
INSERT INTO ofProperty (name, propValue) VALUES ('stream.management.active', 'true');

INSERT INTO ofUser (username, plainPassword, name) VALUES ('admin', 'adminpw', 'Administrator');
