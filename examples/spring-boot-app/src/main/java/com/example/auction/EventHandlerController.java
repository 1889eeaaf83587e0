package com.example.auction;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.azure.messaging.webpubsub.WebPubSubServiceClient;
import com.azure.messaging.webpubsub.models.WebPubSubContentType;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/**
 * What Web PubSub calls; {@link SignatureFilter} has seen to it that it is Web PubSub who calls.
 */
@RestController
@RequestMapping("/eventhandler")
class EventHandlerController {

  private final WebPubSubProperties properties;
  private final WebPubSubServiceClient webPubSub;
  private final Auction auction;
  private final ObjectMapper json;

  EventHandlerController(
      WebPubSubProperties properties,
      WebPubSubServiceClient webPubSub,
      Auction auction,
      ObjectMapper json) {
    this.properties = properties;
    this.webPubSub = webPubSub;
    this.auction = auction;
    this.json = json;
  }

  /** Abuse protection: names the resource from which events are welcome. */
  @RequestMapping(method = RequestMethod.OPTIONS)
  ResponseEntity<Void> validate() {
    return ResponseEntity.ok().header("WebHook-Allowed-Origin", properties.host()).build();
  }

  /** Lets in who says what lot to follow, and remembers that lot as the connection's state. */
  @PostMapping(headers = "ce-type=azure.webpubsub.sys.connect")
  ResponseEntity<ConnectAnswer> connect(@RequestBody ConnectRequest request) {
    List<String> lots = request.query().getOrDefault("lot", List.of());
    if (lots.size() != 1) {
      return ResponseEntity.badRequest().build();
    }
    String lot = lots.get(0);
    return ResponseEntity.ok()
        .header("ce-connectionState", lot)
        .body(new ConnectAnswer(List.of(groupOf(lot))));
  }

  /** Tells all followers of a new highest bid, and only the bidder of one that is too low. */
  @PostMapping(headers = "ce-type=azure.webpubsub.user.bid", produces = MediaType.TEXT_PLAIN_VALUE)
  ResponseEntity<String> bid(
      @RequestHeader("ce-userId") String userId,
      @RequestHeader("ce-connectionState") String lot,
      @RequestBody int amount)
      throws JsonProcessingException {
    Bid bid = new Bid(utf8(userId), amount);
    Bid highest = auction.place(lot, bid);
    if (highest != bid) {
      return ResponseEntity.ok("the highest bid is " + highest.amount());
    }
    webPubSub.sendToGroup(
        groupOf(lot), json.writeValueAsString(bid), WebPubSubContentType.APPLICATION_JSON);
    return ResponseEntity.noContent().build();
  }

  /** Other events are no business of ours. */
  @PostMapping
  void ignore() {}

  private static String groupOf(String lot) {
    return "lot-" + lot;
  }

  /** Web PubSub writes user ids in UTF-8; a servlet container reads headers as Latin-1. */
  private static String utf8(String header) {
    return new String(header.getBytes(ISO_8859_1), UTF_8);
  }

  /** The part of a {@code connect} request that matters here. */
  record ConnectRequest(Map<String, List<String>> query) {}

  /** The part of its answer that we use. */
  record ConnectAnswer(List<String> groups) {}
}
