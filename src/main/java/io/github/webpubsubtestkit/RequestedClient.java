package io.github.webpubsubtestkit;

import io.github.webpubsubtestkit.client.Client;
import io.github.webpubsubtestkit.client.ConnectOptions;
import io.github.webpubsubtestkit.client.Protocol;
import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.client.SimpleClient;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/**
 * A client requested by {@link Connected}.
 *
 * @param point the parameter or field
 * @param wanted its annotation
 * @param hub the hub, by default that of the class
 */
record RequestedClient(InjectionPoint point, Connected wanted, String hub) {

  /** The identity of a client within one test. */
  record Identity(String hub, String userId, String device) {}

  RequestedClient {
    if (point.type() != PubSubClient.class && point.type() != SimpleClient.class) {
      throw point.refuse(
          """
          @Connected cannot inject %s: the type must be PubSubClient (a client on one of Azure's \
          subprotocols, which can join groups) or SimpleClient (one without)."""
              .formatted(point.describe()));
    }
    if (point.type() == SimpleClient.class && wanted.protocol() != Protocol.JSON) {
      throw point.refuse(
          """
          @Connected asks for protocol %s on %s, but a SimpleClient has no subprotocol. Make it a \
          PubSubClient, or remove the protocol."""
              .formatted(wanted.protocol(), point.describe()));
    }
    if (!wanted.device().isEmpty() && wanted.userId().isEmpty()) {
      throw point.refuse(
          """
          @Connected has device "%s" but no userId on %s. A device tells apart the clients of one \
          user; without a userId every client is a separate one. Add a userId, or remove the device."""
              .formatted(wanted.device(), point.describe()));
    }
  }

  /** Returns whether a second request can mean the same client. */
  boolean namesUser() {
    return !wanted.userId().isEmpty();
  }

  Identity identity() {
    // hub names are case-insensitive, as in Azure
    return new Identity(hub.toLowerCase(Locale.ROOT), wanted.userId(), wanted.device());
  }

  boolean agreesWith(RequestedClient other) {
    return point.type() == other.point.type()
        && wanted.protocol() == other.wanted.protocol()
        && set(wanted.roles()).equals(set(other.wanted.roles()))
        && set(wanted.groups()).equals(set(other.wanted.groups()));
  }

  Client connect(FakeWebPubSub service) {
    try {
      ConnectOptions options = options();
      return point.type() == SimpleClient.class
          ? service.connectSimple(options)
          : service.connect(options);
    } catch (RuntimeException failure) {
      throw point.refuse(
          "Could not connect %s: %s".formatted(describe(), failure.getMessage()), failure);
    }
  }

  private ConnectOptions options() {
    ConnectOptions options =
        namesUser() ? ConnectOptions.asUser(wanted.userId()) : ConnectOptions.anonymous();
    options =
        options.hub(hub).roles(wanted.roles()).groups(wanted.groups()).protocol(wanted.protocol());
    String name =
        namesUser()
            ? wanted.userId() + (wanted.device().isEmpty() ? "" : " (" + wanted.device() + ")")
            : point.knownName().orElse("");
    return name.isBlank() ? options : options.name(name);
  }

  /** {@code @Connected(userId = "alice") PubSubClient alice (parameter 1 of ChatTest.joins)}. */
  String describe() {
    StringJoiner attributes = new StringJoiner(", ", "(", ")").setEmptyValue("");
    addText(attributes, "hub", wanted.hub());
    addText(attributes, "userId", wanted.userId());
    if (!Arrays.equals(wanted.roles(), ConnectOptions.anonymous().roles().toArray())) {
      attributes.add("roles = " + array(wanted.roles()));
    }
    if (wanted.groups().length > 0) {
      attributes.add("groups = " + array(wanted.groups()));
    }
    if (wanted.protocol() != Protocol.JSON) {
      attributes.add("protocol = " + wanted.protocol());
    }
    addText(attributes, "device", wanted.device());
    return "@Connected" + attributes + " " + point.describe();
  }

  private static void addText(StringJoiner attributes, String name, String value) {
    if (!value.isEmpty()) {
      attributes.add(name + " = \"" + value + '"');
    }
  }

  private static String array(String[] values) {
    String listed =
        Arrays.stream(values).map(each -> '"' + each + '"').collect(Collectors.joining(", "));
    return values.length == 1 ? listed : "{" + listed + "}";
  }

  private static Set<String> set(String[] values) {
    return new HashSet<>(List.of(values));
  }
}
