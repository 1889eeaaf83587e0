package io.github.webpubsubtestkit.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The first connection of a JVM")
class ColdStartTest {

  private static final List<String> NOT_YET_NEEDED =
      List.of(
          "com.fasterxml.jackson.databind.",
          "tools.jackson.",
          "io.github.webpubsubtestkit.internal.json.JsonTree",
          "io.github.webpubsubtestkit.internal.json.Jackson",
          "org.awaitility.",
          "org.assertj.core.api.Abstract",
          "com.google.protobuf.");

  /** Run in a class loader that has loaded nothing of the kit before. */
  static final class Scenario implements Runnable {
    @Override
    public void run() {
      try (FakeWebPubSub fake = FakeWebPubSub.start()) {
        PubSubClient alice = fake.connect(ConnectOptions.asUser("alice").groups("room"));
        alice.sendToGroup("room", "hi");
        fake.connectSimple(ConnectOptions.anonymous()).close();
        alice.close();
      }
    }
  }

  @Test
  @DisplayName(
      "loads neither Jackson's data binding nor protobuf nor Awaitility nor AssertJ's machinery")
  void loadsOnlyWhatIsNeeded() throws Exception {
    try (Recording loader = new Recording()) {
      Class<?> scenario = loader.loadClass(Scenario.class.getName());
      var constructor = scenario.getDeclaredConstructor();
      constructor.setAccessible(true);

      ClassLoader usual = Thread.currentThread().getContextClassLoader();
      Thread.currentThread().setContextClassLoader(loader); // JJWT finds its parts by it
      try {
        ((Runnable) constructor.newInstance()).run();
      } finally {
        Thread.currentThread().setContextClassLoader(usual);
      }

      assertThat(loader.loaded).contains(PubSubClient.class.getName());
      assertThat(loader.loaded)
          .noneMatch(name -> NOT_YET_NEEDED.stream().anyMatch(name::startsWith));
    }
  }

  /** Loads everything but the JDK itself anew, and remembers what. */
  private static final class Recording extends URLClassLoader {
    private final Set<String> loaded = ConcurrentHashMap.newKeySet();

    Recording() {
      super(
          Arrays.stream(
                  System.getProperty(
                          "surefire.test.class.path", System.getProperty("java.class.path"))
                      .split(File.pathSeparator))
              .map(Recording::url)
              .toArray(URL[]::new),
          ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      loaded.add(name);
      return super.findClass(name);
    }

    private static URL url(String path) {
      try {
        URI uri = new File(path).toURI();
        return uri.toURL();
      } catch (MalformedURLException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
