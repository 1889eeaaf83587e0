package io.github.webpubsubtestkit.service;

import static io.github.webpubsubtestkit.service.Operations.client;
import static io.github.webpubsubtestkit.service.Operations.rest;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.internal.hub.Operation;
import io.github.webpubsubtestkit.internal.json.ObjectMapping;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RequestLogTest {

  @Test
  void keepsTheNewestAndCountsTheOthers() {
    RequestLog log = new RequestLog(3, Long.MAX_VALUE);
    for (int i = 0; i < 10; i++) {
      log.add(rest("sendToAll").text("" + i).done(), null);
    }

    assertThat(log.requests(ObjectMapping.ofClassPath()))
        .extracting(each -> each.text().orElse(""))
        .containsExactly("7", "8", "9");
    assertThat(log.snapshot().dropped()).isEqualTo(7);
  }

  @Test
  void keepsNoMoreBytesThanAllowedButAlwaysTheNewest() {
    RequestLog log = new RequestLog(100, 10);
    log.add(rest("sendToAll").text("aaaa").done(), null);
    log.add(rest("sendToAll").text("bbbb").done(), null);
    log.add(rest("closeAllConnections").done(), null);
    log.add(rest("sendToAll").text("cccc").done(), null);
    assertThat(log.requests(ObjectMapping.ofClassPath()))
        .extracting(each -> each.text().orElse(""))
        .containsExactly("bbbb", "", "cccc");

    log.add(rest("sendToAll").text("d".repeat(50)).done(), null);

    assertThat(log.requests(ObjectMapping.ofClassPath())).hasSize(1);
    assertThat(log.snapshot().dropped()).isEqualTo(4);
  }

  @Test
  void aSearchFindsWhatComesLaterAndMovesTheCursor() {
    RequestLog log = new RequestLog(100, 100);
    log.add(rest("sendToAll").done(), null);
    RequestLog.Search search =
        log.search(each -> each.operation() == Operation.CLOSE_ALL_CONNECTIONS);
    assertThat(search.take()).isEmpty();

    log.add(rest("closeAllConnections").done(), null);
    log.add(rest("closeAllConnections").at(99).done(), null);

    assertThat(search.take()).contains(rest("closeAllConnections").done());
    assertThat(log.snapshot().cursor()).isEqualTo(2);
    assertThat(log.search(each -> each.operation() == Operation.SEND_TO_ALL).take()).isEmpty();
    assertThat(log.search(each -> each.operation() == Operation.CLOSE_ALL_CONNECTIONS).take())
        .contains(rest("closeAllConnections").at(99).done());
  }

  @Test
  void aSearchSurvivesThatItsEntriesAreDropped() {
    RequestLog log = new RequestLog(2, 100);
    RequestLog.Search search = log.search(each -> each.operation() == Operation.GET_SERVICE_STATUS);
    for (int i = 0; i < 5; i++) {
      log.add(rest("sendToAll").done(), null);
      assertThat(search.take()).isEmpty();
    }
    for (int i = 0; i < 5; i++) {
      log.add(rest("sendToAll").done(), null);
    }
    log.add(rest("getServiceStatus").done(), null);

    assertThat(search.take()).isPresent();
  }

  @Test
  void aConnectionIsTakenOnce() {
    RequestLog log = new RequestLog(100, 100);
    ConnectionInfo alice = connection("c1");
    log.add(client("connect", "alice").done(), alice);
    log.add(client("joinGroup", "alice").done(), null);
    log.add(client("connect", "alice").done(), connection("c2"));

    assertThat(log.takeConnection(each -> true)).containsSame(alice);
    assertThat(log.takeConnection(each -> true)).map(ConnectionInfo::connectionId).contains("c2");
    assertThat(log.takeConnection(each -> true)).isEmpty();
    assertThat(log.snapshot().cursor()).isZero();
  }

  private static ConnectionInfo connection(String id) {
    return new ConnectionInfo("hub", id, Optional.of("alice"), Set.of(), Optional.empty(), false);
  }
}
