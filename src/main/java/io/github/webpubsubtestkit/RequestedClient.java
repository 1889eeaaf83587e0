package io.github.webpubsubtestkit;

import io.github.webpubsubtestkit.client.Client;
import io.github.webpubsubtestkit.client.ConnectOptions;
import io.github.webpubsubtestkit.client.Protocol;
import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.client.SimpleClient;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A client requested by {@code @Connected}.
 *
 * @param point the parameter or field
 * @param wanted its annotation
 * @param hub the hub, by default that of the class
 */
record RequestedClient(InjectionPoint point, WantedClient wanted, String hub) {

  /** The identity of a client within one test. */
  record Identity(String hub, String userId, String device) {

    // by hand, see Contexts.Own
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Identity identity
          && hub.equals(identity.hub)
          && userId.equals(identity.userId)
          && device.equals(identity.device);
    }

    @Override
    public int hashCode() {
      return 31 * (31 * hub.hashCode() + userId.hashCode()) + device.hashCode();
    }
  }

  RequestedClient {
    if (point.type() != PubSubClient.class && point.type() != SimpleClient.class) {
      throw point.refuse(
          """
          @Connected cannot inject %s: the type must be PubSubClient (a client on one of Azure's \
          subprotocols, which can join groups), SimpleClient (one without), or a client of Azure's \
          server SDK: WebPubSubServiceClient or WebPubSubServiceAsyncClient."""
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
        && Set.copyOf(wanted.roles()).equals(Set.copyOf(other.wanted.roles()))
        && Set.copyOf(wanted.groups()).equals(Set.copyOf(other.wanted.groups()));
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
        options
            .hub(hub)
            .roles(wanted.roles().toArray(String[]::new))
            .groups(wanted.groups().toArray(String[]::new))
            .protocol(wanted.protocol());
    String name =
        namesUser()
            ? wanted.userId() + (wanted.device().isEmpty() ? "" : " (" + wanted.device() + ")")
            : point.knownName().orElse("");
    return name.isBlank() ? options : options.name(name);
  }

  /** {@code @Connected(userId = "alice") PubSubClient alice (parameter 1 of ChatTest.joins)}. */
  String describe() {
    return wanted.describe() + " " + point.describe();
  }
}
