package com.example.faults;

import static io.github.webpubsubtestkit.client.ConnectOptions.asUser;

import io.github.webpubsubtestkit.client.ConnectOptions;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** The outside clients of a test, which are ended after it. Alice is the name of each. */
final class OutsideClients {

  static final String JSON = "json.webpubsub.azure.v1";
  static final String RELIABLE = "json.reliable.webpubsub.azure.v1";

  private final Programs programs;
  private final Deque<Runnable> ends = new ArrayDeque<>();

  private OutsideClients(Programs programs) {
    this.programs = programs;
  }

  /** Opens a WebSocket without a subprotocol. */
  Socket simple(Outside kind, FakeWebPubSub service) {
    return open(kind, alice(service), Optional.empty());
  }

  /** Opens a WebSocket on the PubSub protocol. */
  Socket pubSub(Outside kind, FakeWebPubSub service) {
    return open(kind, alice(service), Optional.of(JSON));
  }

  /** Opens a WebSocket on the reliable PubSub protocol. */
  Socket reliable(Outside kind, FakeWebPubSub service) {
    return open(kind, alice(service), Optional.of(RELIABLE));
  }

  /** Opens a connection of Bob, in the group "room", of a client that is known to be sound. */
  Socket bob(FakeWebPubSub service) {
    Socket bob =
        open(Outside.JDK, service.clientUrl(asUser("bob").groups("room")), Optional.of(JSON));
    bob.seesContaining("connectionId");
    return bob;
  }

  /** Opens a WebSocket. */
  Socket open(Outside kind, URI url, Optional<String> subprotocol) {
    return open(kind, new Socket.Opening(url, subprotocol, Optional.empty()));
  }

  /** Opens a WebSocket whose handshake must not take long. */
  Socket impatient(Outside kind, FakeWebPubSub service) {
    Duration patience = Duration.ofMillis(300);
    return open(kind, new Socket.Opening(alice(service), Optional.of(JSON), Optional.of(patience)));
  }

  private Socket open(Outside kind, Socket.Opening opening) {
    Socket socket = kind.open(programs, opening);
    ends.push(socket::end);
    return socket;
  }

  /** Starts Microsoft's client, on the reliable protocol, which is its own choice. */
  MicrosoftClient microsoft(FakeWebPubSub service) {
    return microsoft(service, Map.of());
  }

  /** Starts Microsoft's client with these options, too. */
  MicrosoftClient microsoft(FakeWebPubSub service, Map<String, ?> options) {
    return microsoft(true, options, List.of(alice(service)));
  }

  /** Starts Microsoft's client on the protocol without recovery. */
  MicrosoftClient microsoftOnPlainProtocol(FakeWebPubSub service) {
    return microsoft(false, Map.of(), List.of(alice(service)));
  }

  /** Starts Microsoft's client, which connects with one URL after another. */
  MicrosoftClient microsoft(boolean reliable, Map<String, ?> options, List<URI> urls) {
    MicrosoftClient client = new MicrosoftClient(programs.node(), reliable, options, urls);
    ends.push(client::stop);
    return client;
  }

  /** Starts an event handler on Express. */
  ExpressHandler express(FakeWebPubSub service) {
    ExpressHandler handler = new ExpressHandler(programs.node(), service);
    ends.push(handler::stop);
    return handler;
  }

  private static URI alice(FakeWebPubSub service) {
    ConnectOptions alice = asUser("alice");
    return service.clientUrl(alice);
  }

  private void end() {
    ends.forEach(Runnable::run);
  }

  /** Gives tests their clients. */
  static final class Extension implements ParameterResolver, AfterEachCallback {

    private static final Namespace OWN = Namespace.create(OutsideClients.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == OutsideClients.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      Programs shared =
          context
              .getRoot()
              .getStore(OWN)
              .getOrComputeIfAbsent(Programs.class, key -> new Programs(), Programs.class);
      return context
          .getStore(OWN)
          .getOrComputeIfAbsent(
              OutsideClients.class, key -> new OutsideClients(shared), OutsideClients.class);
    }

    @Override
    public void afterEach(ExtensionContext context) {
      OutsideClients clients =
          context.getStore(OWN).get(OutsideClients.class, OutsideClients.class);
      if (clients != null) {
        clients.end();
      }
    }
  }

  /** What all tests share: started when the first of them needs it, ended after the last. */
  static final class Programs implements Store.CloseableResource {

    private NodeProgram node; // guarded by this
    private Browser browser; // guarded by this

    synchronized NodeProgram node() {
      if (node == null) {
        try {
          node = NodeProgram.start();
        } catch (IOException | InterruptedException e) {
          throw new IllegalStateException(e);
        }
      }
      return node;
    }

    synchronized Browser browser() {
      if (browser == null) {
        try {
          browser = Browser.start();
        } catch (RuntimeException e) {
          throw e;
        } catch (Exception e) {
          throw new IllegalStateException(e);
        }
      }
      return browser;
    }

    @Override
    public synchronized void close() throws InterruptedException {
      if (node != null) {
        node.close();
      }
      if (browser != null) {
        browser.close();
      }
    }
  }
}
