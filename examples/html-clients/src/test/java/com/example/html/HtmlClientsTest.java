package com.example.html;

import static io.github.webpubsubtestkit.client.ConnectOptions.asUser;
import static io.github.webpubsubtestkit.service.RequestPattern.joinGroup;
import static io.github.webpubsubtestkit.service.RequestPattern.sendToGroup;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.Connected;
import io.github.webpubsubtestkit.WebPubSubTest;
import io.github.webpubsubtestkit.client.Content;
import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("In a real browser")
@WebPubSubTest
@Timeout(60)
class HtmlClientsTest {

  private static Browser browser;
  private static PageServer pages;

  @BeforeAll
  @Timeout(120)
  static void startBrowser() throws Exception {
    browser = Browser.start();
    pages = PageServer.start();
  }

  @AfterAll
  static void stopBrowser() throws Exception {
    if (pages != null) {
      pages.close();
    }
    if (browser != null) {
      browser.close();
    }
  }

  @Nested
  @DisplayName("simple.html")
  class Simple {

    @Test
    @DisplayName("hears the application and is heard by it")
    void talksWithTheApplication(FakeWebPubSub service) throws Exception {
      service.recordEvents();
      URI url = service.clientUrl(asUser("paula"));
      try (Page page = browser.open(pages.address("simple.html", url))) {
        page.isInState("connected");
        assertThat(service).receivesConnectionFrom("paula");

        service.sendToUser("paula", "welcome, <b>paula</b>");
        page.shows("welcome, <b>paula</b>");

        page.enter("text", "hello, application");
        assertThat(service).receivesEvent("message").hasText("hello, application");
      }
    }

    @Test
    @DisplayName("connects over TLS to a fake whose key the browser accepts")
    void overTls() throws Exception {
      try (FakeWebPubSub service = FakeWebPubSub.builder().https().build()) {
        URI url = service.clientUrl(asUser("paula"));
        try (Page page = browser.open(pages.address("simple.html", url))) {
          page.isInState("connected");

          service.sendToUser("paula", "nobody listens in");
          page.shows("nobody listens in");
        }
      }
    }

    @Test
    @DisplayName("connects with a URL that a person pastes into it")
    void connectsByHand(FakeWebPubSub service) throws Exception {
      try (Page page = browser.open(pages.address("simple.html"))) {
        page.isInState("not connected");

        page.enter("url", service.clientUrl(asUser("paula")).toString());

        page.isInState("connected");
        assertThat(service).hasUser("paula");
      }
    }

    @Test
    @DisplayName("shows binary messages as bytes")
    void receivesBytes(FakeWebPubSub service) throws Exception {
      URI url = service.clientUrl(asUser("paula"));
      try (Page page = browser.open(pages.address("simple.html", url))) {
        page.isInState("connected");

        service.sendToUser("paula", Content.binary(new byte[] {1, 2, 3}));

        page.shows("3 bytes");
      }
    }

    @Test
    @DisplayName("sees close code 1006 when it is refused, as browsers do not tell the status")
    void refused(FakeWebPubSub service) throws Exception {
      URI url = service.clientUrl(asUser("paula").withoutToken());
      try (Page page = browser.open(pages.address("simple.html", url))) {
        page.isInState("closed 1006");
        assertThat(service).hasNoConnections();
      }
    }
  }

  @Nested
  @DisplayName("pubsub.html")
  class PubSub {

    @Test
    @DisplayName("joins a group, hears others there and is heard by them")
    void talksInGroup(FakeWebPubSub service, @Connected(userId = "bob") PubSubClient bob)
        throws Exception {
      bob.joinGroup("room");
      URI url = service.clientUrl(asUser("paula"));
      try (Page page = browser.open(pages.address("pubsub.html", url))) {
        page.isInState("connected as paula");

        page.enter("group", "room");
        page.shows("join room: done");
        assertThat(service).receivesRequest(joinGroup("room").fromUser("paula"));
        assertThat(service).hasGroupMember("room", "paula");

        bob.sendToGroup("room", "hi paula");
        bob.sendJsonToGroup("room", "{\"seats\":4}");
        page.shows("bob in room: hi paula");
        page.shows("bob in room: {\"seats\":4}");

        page.enter("text", "hi bob");
        page.shows("send: done");
        assertThat(bob).receivesText("hi bob").isFromGroup("room").isFromUser("paula");
        assertThat(service)
            .receivesRequest(sendToGroup("room").withText("hi bob").fromUser("paula"));
        assertThat(page.lines()).doesNotContain("paula in room: hi bob");
      }
    }

    @Test
    @DisplayName("hears the application")
    void hearsTheApplication(FakeWebPubSub service) throws Exception {
      URI url = service.clientUrl(asUser("paula"));
      try (Page page = browser.open(pages.address("pubsub.html", url))) {
        page.isInState("connected as paula");

        service.sendToAll("closing time");

        page.shows("server: closing time");
      }
    }

    @Test
    @DisplayName("shows when it may not join")
    void mayNotJoin(FakeWebPubSub service) throws Exception {
      URI url = service.clientUrl(asUser("paula").roles("webpubsub.joinLeaveGroup.lobby"));
      try (Page page = browser.open(pages.address("pubsub.html", url))) {
        page.isInState("connected as paula");

        page.enter("group", "vip");

        page.shows("join vip: Forbidden");
      }
    }

    @Test
    @DisplayName("two pages talk to each other")
    void twoPagesTalk(FakeWebPubSub service) throws Exception {
      URI paulaUrl = service.clientUrl(asUser("paula"));
      URI peterUrl = service.clientUrl(asUser("peter"));
      try (Page paula = browser.open(pages.address("pubsub.html", paulaUrl));
          Page peter = browser.open(pages.address("pubsub.html", peterUrl))) {
        paula.isInState("connected as paula");
        peter.isInState("connected as peter");
        paula.enter("group", "room");
        paula.shows("join room: done");
        peter.enter("group", "room");
        peter.shows("join room: done");

        paula.enter("text", "hi peter");
        peter.shows("paula in room: hi peter");
        peter.enter("text", "hi paula");
        paula.shows("peter in room: hi paula");
      }
    }
  }
}
