-- A component for contacts by the thousand: nobody of them has a client. What is said to them is heard and not answered;
-- what they say, the test says for them (mod_flint_control). Where it wants them at their desks, two of three answer probes.

local st = require "util.stanza";
local jid = require "util.jid";

local function heard()
	return true;
end

local function probed(event)
	local stanza = event.stanza;
	local number = tonumber((jid.node(stanza.attr.to) or ""):match("%d+"));
	if prosody.flint_crowd_present and stanza.attr.type == "probe" and number and number % 3 > 0 then
		local presence = st.presence({ from = stanza.attr.to.."/desk", to = stanza.attr.from });
		if number % 3 == 2 then
			presence:text_tag("show", "away"):text_tag("status", "Back at "..(number % 12 + 1));
		end
		module:send(presence);
	end
	return true;
end

module:hook("presence/bare", probed, 10);
module:hook("presence/full", heard, 10);
module:hook("message/bare", heard, 10);
module:hook("message/full", heard, 10);
