-- Lets the test process act as the administrator, by JSON over HTTP on the loopback interface.
-- POST /flint-control {"command": "user", "name": ..., "password": ...} -> 200, or 500 with the reason.

module:depends("http");
local json = require "util.json";
local usermanager = require "core.usermanager";
local modulemanager = require "core.modulemanager";
local storagemanager = require "core.storagemanager";
local st = require "util.stanza";

local host = module.host;
local commands = {};

function commands.ping()
	return true;
end

function commands.user(request)
	return usermanager.create_user(request.name, request.password, host);
end

function commands.unuser(request)
	return usermanager.delete_user(request.name, host);
end

function commands.password(request)
	return usermanager.set_password(request.name, request.password, host);
end

-- Ends every session of the account, as an administrator's command would.
function commands.kick(request)
	local account = prosody.hosts[host].sessions[request.name];
	local open = {};
	for _, session in pairs(account and account.sessions or {}) do
		open[#open + 1] = session;
	end
	for _, session in ipairs(open) do
		session:close({ condition = "policy-violation", text = "Ended by the administrator" });
	end
	return true;
end

-- mod_groups reads its file when it is loaded and at no other time.
function commands.groups()
	return modulemanager.reload(host, "groups");
end

-- The contact list of somebody who is not signed in, as it lies on the disk: with pushes, thousands would take minutes.
function commands.roster(request)
	local roster = { [false] = { version = 1, pending = {} } };
	for _, contact in ipairs(request.contacts) do
		local groups = {};
		for _, group in ipairs(contact.groups) do
			groups[group] = true;
		end
		roster[contact.jid] = { name = contact.name, subscription = "both", groups = groups };
	end
	return storagemanager.open(host, "roster", "keyval"):set(request.name, roster);
end

-- Presence of contacts of mod_flint_crowd.
function commands.presences(request)
	for _, one in ipairs(request.presences) do
		local presence = st.presence({ from = one.from, to = request.to, type = one.gone and "unavailable" or nil });
		if one.show then
			presence:text_tag("show", one.show);
		end
		if one.status then
			presence:text_tag("status", one.status);
		end
		module:send(presence);
	end
	return true;
end

-- Whether contacts of mod_flint_crowd are at their desks when an account signs in.
function commands.present(request)
	prosody.flint_crowd_present = request.on;
	return true;
end

-- What contacts of mod_flint_crowd write.
function commands.messages(request)
	for _, one in ipairs(request.messages) do
		local attributes = { from = one.from, to = request.to, type = "chat", id = one.id };
		module:send(st.message(attributes, one.body));
	end
	return true;
end

module:provides("http", {
	default_path = "/flint-control";
	route = {
		["POST"] = function(event)
			local request = json.decode(event.request.body);
			local command = request and commands[request.command];
			if not command then
				return 400;
			end
			local ok, reason = command(request);
			event.response.headers.content_type = "application/json";
			if not ok then
				event.response.status_code = 500;
				return json.encode({ reason = tostring(reason) });
			end
			return "{}";
		end;
	};
});
