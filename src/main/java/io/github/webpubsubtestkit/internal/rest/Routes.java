package io.github.webpubsubtestkit.internal.rest;

import static io.github.webpubsubtestkit.internal.rest.Route.Trait.ANONYMOUS;
import static io.github.webpubsubtestkit.internal.rest.Route.Trait.FILTER;
import static io.github.webpubsubtestkit.internal.rest.Route.Trait.GROUPS;
import static io.github.webpubsubtestkit.internal.rest.Route.Trait.MESSAGE;
import static io.github.webpubsubtestkit.internal.rest.Route.Trait.NO_ACCESS_KEY;
import static io.github.webpubsubtestkit.internal.rest.Route.route;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.webpubsubtestkit.internal.options.Option;
import io.github.webpubsubtestkit.internal.transport.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/** The 25 operations of rest-api 7, in its order and with its numbers. */
final class Routes {

  private static final String HUB = "/api/hubs/{hub}";
  private static final String CONNECTION = HUB + "/connections/{connectionId}";
  private static final String USER = HUB + "/users/{userId}";
  private static final String GROUP = HUB + "/groups/{group}";
  private static final String MEMBER = GROUP + "/connections/{connectionId}";
  private static final String USER_IN_GROUP = USER + "/groups/{group}";
  private static final String PERMISSION =
      HUB + "/permissions/{permission}/connections/{connectionId}";

  private final Map<Integer, List<Route>> byLength = new HashMap<>();

  Routes(RestAuthenticator authenticator) {
    for (Route each : table(authenticator)) {
      byLength.computeIfAbsent(each.length(), length -> new ArrayList<>()).add(each);
    }
  }

  /** Steps 1 and 2 of rest-api 5: by the path, then by the verb. */
  Route find(String method, List<String> segments) throws RestException {
    StringJoiner otherVerbs = new StringJoiner(", ");
    for (Route route : byLength.getOrDefault(segments.size(), List.of())) {
      if (route.matches(segments)) {
        if (route.method().equals(method)) {
          return route;
        }
        otherVerbs.add(route.method());
      }
    }
    throw otherVerbs.length() == 0
        ? RestException.noSuchRoute()
        : RestException.wrongVerb(otherVerbs.toString());
  }

  private static List<Route> table(RestAuthenticator authenticator) {
    MemberList members = new MemberList(authenticator);
    return List.of(
        /* 1 */ route("HEAD", "/api/health", "getServiceStatus")
            .with(ANONYMOUS)
            .answers(call -> RestResponses.empty(200)),

        // sends (rest-api 8.1)
        /* 2 */ route("POST", HUB + "/:send", "sendToAll")
            .with(MESSAGE, FILTER)
            .checking(Checks::timeToLive)
            .does(
                202,
                call ->
                    call.hub()
                        .sendToAll(
                            call.payload(), call.ttlSeconds(), call.excluded(), call.filter())),
        /* 3 */ route("POST", CONNECTION + "/:send", "sendToConnection")
            .with(MESSAGE)
            .checking(Checks::timeToLive)
            .does(
                202,
                call ->
                    call.hub()
                        .sendToConnection(call.connectionId(), call.payload(), call.ttlSeconds())),
        /* 4 */ route("POST", USER + "/:send", "sendToUser")
            .with(MESSAGE, FILTER)
            .checking(Checks::timeToLive)
            .does(
                202,
                call ->
                    call.hub()
                        .sendToUser(
                            call.userId(), call.payload(), call.ttlSeconds(), call.filter())),
        /* 5 */ route("POST", GROUP + "/:send", "sendToGroup")
            .with(MESSAGE, FILTER)
            .checking(Checks::timeToLive)
            .does(
                202,
                call ->
                    call.hub()
                        .sendToGroup(
                            call.group(),
                            call.payload(),
                            call.ttlSeconds(),
                            call.excluded(),
                            call.filter())),

        // existence (rest-api 8.3)
        /* 6 */ route("HEAD", CONNECTION, "connectionExists")
            .answers(
                call ->
                    exists(
                        call.hub().connectionExists(call.connectionId()),
                        "Connection",
                        "is not found")),
        /* 7 */ route("HEAD", USER, "userExists")
            .answers(call -> exists(call.hub().userExists(call.userId()), "User", "is not found")),
        /* 8 */ route("HEAD", GROUP, "groupExists")
            .answers(call -> exists(call.hub().groupExists(call.group()), "Group", "is empty")),

        // closes (rest-api 8.4)
        /* 9 */ route("DELETE", CONNECTION, "closeConnection")
            .does(204, call -> call.hub().closeConnection(call.connectionId(), call.reason())),
        /* 10 */ route("POST", HUB + "/:closeConnections", "closeAllConnections")
            .does(204, call -> call.hub().closeAll(call.excluded(), call.reason())),
        /* 11 */ route("POST", GROUP + "/:closeConnections", "closeGroupConnections")
            .does(204, call -> call.hub().closeGroup(call.group(), call.excluded(), call.reason())),
        /* 12 */ route("POST", USER + "/:closeConnections", "closeUserConnections")
            .does(204, call -> call.hub().closeUser(call.userId(), call.excluded(), call.reason())),

        // membership (rest-api 8.5)
        /* 13 */ route("PUT", MEMBER, "addConnectionToGroup")
            .answers(
                call -> {
                  if (call.hub().addConnectionToGroup(call.group(), call.connectionId())) {
                    return RestResponses.empty(200);
                  }
                  throw RestException.noConnection(
                      "Error.Connection.NotExisted", call.connectionId());
                }),
        /* 14 */ route("DELETE", MEMBER, "removeConnectionFromGroup")
            .does(
                204,
                call -> call.hub().removeConnectionFromGroup(call.group(), call.connectionId())),
        /* 15 */ route("DELETE", CONNECTION + "/groups", "removeConnectionFromAllGroups")
            .does(204, call -> call.hub().removeConnectionFromAllGroups(call.connectionId())),
        /* 16 */ route("PUT", USER_IN_GROUP, "addUserToGroup")
            .answers(
                call -> {
                  if (call.hub().addUserToGroup(call.userId(), call.group())
                      || call.options().isOn(Option.ACCEPT_OFFLINE_USERS)) {
                    return RestResponses.empty(200);
                  }
                  throw RestException.notFound(
                      "Error.User.NotExisted",
                      "User `" + call.userId() + "` is not found.",
                      "User");
                }),
        /* 17 */ route("DELETE", USER_IN_GROUP, "removeUserFromGroup")
            .does(204, call -> call.hub().removeUserFromGroup(call.userId(), call.group())),
        /* 18 */ route("DELETE", USER + "/groups", "removeUserFromAllGroups")
            .does(204, call -> call.hub().removeUserFromAllGroups(call.userId())),

        // bulk membership (rest-api 8.6)
        /* 19 */ route("POST", HUB + "/:addToGroups", "addConnectionsToGroups")
            .with(GROUPS)
            .does(200, call -> call.hub().addToGroups(call.groups(), call.filter())),
        /* 20 */ route("POST", HUB + "/:removeFromGroups", "removeConnectionsFromGroups")
            .with(GROUPS)
            .does(200, call -> call.hub().removeFromGroups(call.groups(), call.filter())),

        // list (rest-api 8.7)
        /* 21 */ route("GET", GROUP + "/connections", "listConnectionsInGroup")
            .checking(Checks::paging)
            .checking(members::checkCursor)
            .answers(members::page),

        // permissions (rest-api 8.8)
        /* 22 */ route("PUT", PERMISSION, "grantPermission")
            .checking(Checks::permission)
            .answers(PermissionCalls::grant),
        /* 23 */ route("DELETE", PERMISSION, "revokePermission")
            .checking(Checks::permission)
            .answers(PermissionCalls::revoke),
        /* 24 */ route("HEAD", PERMISSION, "checkPermission")
            .checking(Checks::permission)
            .answers(PermissionCalls::check),

        // tokens (rest-api 8.9)
        /* 25 */ route("POST", HUB + "/:generateToken", "generateClientToken")
            .with(NO_ACCESS_KEY)
            .checking(Checks::clientToken)
            .answers(call -> clientToken(authenticator, call)));
  }

  private static HttpResponse exists(boolean exists, String what, String otherwise)
      throws RestException {
    if (exists) {
      return RestResponses.empty(200);
    }
    throw RestException.notFound(
        "Warning." + what + ".NotExisted",
        "the " + what.toLowerCase(Locale.ROOT) + " " + otherwise,
        what);
  }

  private static HttpResponse clientToken(RestAuthenticator authenticator, RestCall call)
      throws RestException {
    if ("mqtt".equalsIgnoreCase(call.query().first("clientType"))) {
      throw RestException.notImplemented("This fake has no MQTT, so it makes no tokens for it.");
    }
    Integer minutes = Checks.minutesToExpire(call);
    String token =
        authenticator.clientToken(
            call.head(),
            call.hub().name(),
            call.query().first("userId"),
            call.query().all("role"),
            call.query().all("group"),
            Duration.ofMinutes(minutes == null ? 60 : minutes));
    return RestResponses.json(("{\"token\":\"" + token + "\"}").getBytes(US_ASCII));
  }
}
