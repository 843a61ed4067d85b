-- Lets the test process act as the administrator, by JSON over HTTP on the loopback interface.
-- POST /flint-control {"command": "user", "name": ..., "password": ...} -> 200, or 500 with the reason.

module:depends("http");
local json = require "util.json";
local usermanager = require "core.usermanager";
local modulemanager = require "core.modulemanager";

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
