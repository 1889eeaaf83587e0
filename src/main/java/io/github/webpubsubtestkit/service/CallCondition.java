package io.github.webpubsubtestkit.service;

import static io.github.webpubsubtestkit.service.RequestCondition.CONTENT;
import static io.github.webpubsubtestkit.service.RequestCondition.OUTCOME;
import static io.github.webpubsubtestkit.service.RequestCondition.TARGET;
import static io.github.webpubsubtestkit.service.RequestCondition.missIf;

import io.github.webpubsubtestkit.internal.hub.RestDetails;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Conditions that only REST calls can meet. */
final class CallCondition {

  private CallCondition() {}

  static RequestCondition filter(String filter) {
    Checked.notEmpty(filter, "filter");
    return new RequestCondition(
            "filter",
            "with filter " + RequestText.quote(filter),
            operation -> {
              RestDetails call = operation.http();
              String actual = call == null ? null : call.filter();
              return missIf(
                  !filter.equals(actual),
                  CONTENT,
                  actual == null ? "has no filter" : "filter is " + RequestText.quote(actual));
            })
        .only(RequestCondition.Origin.SERVER);
  }

  static RequestCondition timeToLive(Duration timeToLive) {
    String wanted = String.valueOf(Checked.timeToLive(timeToLive));
    return new RequestCondition(
            "ttl",
            "with a time to live of " + wanted + " s",
            operation -> {
              List<String> seconds = RequestText.parameter(operation, "messageTtlSeconds");
              String actual = seconds.isEmpty() || seconds.get(0).isEmpty() ? "0" : seconds.get(0);
              return missIf(
                  !wanted.equals(actual),
                  CONTENT,
                  actual.equals("0") ? "lives for ever" : "time to live is " + actual + " s");
            })
        .only(RequestCondition.Origin.SERVER);
  }

  static RequestCondition header(String name, String value) {
    Checked.notEmpty(name, "name");
    return new RequestCondition(
            "header",
            "with header " + name + ": " + value,
            operation -> {
              RestDetails call = operation.http();
              List<String> actual =
                  call == null
                      ? List.of()
                      : call.headers().stream()
                          .filter(header -> header.getKey().equalsIgnoreCase(name))
                          .map(Map.Entry::getValue)
                          .toList();
              return missIf(
                  !actual.contains(value),
                  CONTENT,
                  actual.isEmpty()
                      ? "has no header " + name
                      : "header " + name + " is " + String.join(", ", actual));
            })
        .only(RequestCondition.Origin.SERVER);
  }

  static RequestCondition status(int status) {
    return new RequestCondition(
            "status",
            "with status " + status,
            operation -> {
              RestDetails call = operation.http();
              return missIf(
                  call == null || call.status() != status,
                  OUTCOME,
                  call == null ? "has no status" : "status is " + call.status());
            })
        .only(RequestCondition.Origin.SERVER);
  }

  static RequestCondition permission(Permission permission) {
    String wanted = permission.wireName();
    return new RequestCondition(
            "permission",
            "",
            operation -> {
              RestDetails call = operation.http();
              String actual = call == null ? null : call.permission();
              return missIf(
                  !wanted.equals(actual),
                  TARGET,
                  actual == null
                      ? "names no permission"
                      : "permission is " + RequestText.quote(actual));
            })
        .only(RequestCondition.Origin.SERVER);
  }

  static RequestCondition targetName(String group) {
    Checked.notEmpty(group, "group");
    return new RequestCondition(
            "targetName",
            "",
            operation -> {
              List<String> actual = RequestText.parameter(operation, RequestText.TARGET);
              return missIf(
                  !actual.equals(List.of(group)),
                  TARGET,
                  actual.isEmpty()
                      ? "it names no group"
                      : "group is " + RequestText.quote(String.join(", ", actual)));
            })
        .only(RequestCondition.Origin.SERVER);
  }

  static RequestCondition groups(List<String> groups) {
    if (groups.isEmpty()) {
      throw new IllegalArgumentException("groups must not be empty");
    }
    Set<String> wanted = Set.copyOf(groups);
    return new RequestCondition(
            "groups",
            "",
            operation -> {
              RestDetails call = operation.http();
              List<String> actual = call == null ? List.of() : call.groups();
              return missIf(
                  !wanted.equals(new HashSet<>(actual)),
                  TARGET,
                  actual.isEmpty() ? "it names no groups" : "groups are " + actual);
            })
        .only(RequestCondition.Origin.SERVER);
  }
}
