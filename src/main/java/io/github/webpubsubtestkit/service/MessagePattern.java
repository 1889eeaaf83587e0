package io.github.webpubsubtestkit.service;

import static io.github.webpubsubtestkit.internal.bridge.Arguments.notNull;

import io.github.webpubsubtestkit.client.Content;
import io.github.webpubsubtestkit.internal.expect.GivenContent;
import io.github.webpubsubtestkit.internal.hub.Connection;
import io.github.webpubsubtestkit.internal.hub.RecordedOperation;
import io.github.webpubsubtestkit.internal.json.ObjectMapping;
import io.github.webpubsubtestkit.internal.secrets.Secrets;
import io.github.webpubsubtestkit.internal.wire.ServiceMessage.Data;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Describes messages to clients by their receiver and content, for {@link Faults#message}. Messages
 * of servers, of other clients and the replies of event handlers are meant, however they were sent.
 * The factory methods are designed for static import.
 *
 * <pre>{@code
 * service.faults().message(toUser("alice")).lose();
 * service.faults().message(toAnyone().fromGroup("room").withText("hi")).repeat().always();
 * }</pre>
 *
 * <p>Immutable: every method returns a narrower copy.
 *
 * @since 0.1
 */
public final class MessagePattern {

  private final ClientPattern receivers;
  private final String to;
  private final @Nullable String group;
  private final @Nullable GivenContent content;

  private MessagePattern(
      ClientPattern receivers, String to, @Nullable String group, @Nullable GivenContent content) {
    this.receivers = receivers;
    this.to = to;
    this.group = group;
    this.content = content;
  }

  /**
   * Messages to any client.
   *
   * @return the pattern
   * @since 0.1
   */
  public static MessagePattern toAnyone() {
    return new MessagePattern(ClientPattern.ofAnyone(), "to anyone", null, null);
  }

  /**
   * Messages that a client of this user is to receive.
   *
   * @param userId the user
   * @return the pattern
   * @throws IllegalArgumentException if userId is empty
   * @since 0.1
   */
  public static MessagePattern toUser(String userId) {
    notNull(userId, "toUser", "userId");
    return new MessagePattern(
        ClientPattern.ofUser(userId), "to user " + RequestText.quote(userId), null, null);
  }

  /**
   * Messages that the client with this connection is to receive.
   *
   * @param connectionId the id of the connection
   * @return the pattern
   * @throws IllegalArgumentException if connectionId is empty
   * @since 0.1
   */
  public static MessagePattern toConnection(String connectionId) {
    notNull(connectionId, "toConnection", "connectionId");
    return new MessagePattern(
        ClientPattern.ofConnection(connectionId),
        "to connection " + RequestText.quote(connectionId),
        null,
        null);
  }

  /**
   * Matches only messages that were sent to this group.
   *
   * @param group the group
   * @return the narrower pattern
   * @throws IllegalArgumentException if the group name is invalid
   * @since 0.1
   */
  public MessagePattern fromGroup(String group) {
    notNull(group, "fromGroup", "group");
    return new MessagePattern(receivers, to, Checked.group(group), content);
  }

  /**
   * Matches only messages in this hub. Default: any hub.
   *
   * @param hub the hub, in any case
   * @return the narrower pattern
   * @throws IllegalArgumentException if the hub name is invalid
   * @since 0.1
   */
  public MessagePattern inHub(String hub) {
    notNull(hub, "inHub", "hub");
    return new MessagePattern(
        receivers.inHub(hub), to + " in hub " + RequestText.quote(hub), group, content);
  }

  /**
   * Matches only messages with this text as text data.
   *
   * @param text the whole text
   * @return the narrower pattern
   * @since 0.1
   */
  public MessagePattern withText(String text) {
    notNull(text, "withText", "text");
    return new MessagePattern(receivers, to, group, GivenContent.text(text));
  }

  /**
   * Matches only messages with this content, of this type of data.
   *
   * @param content the whole content
   * @return the narrower pattern
   * @since 0.1
   */
  public MessagePattern withContent(Content content) {
    notNull(content, "withContent", "content");
    return new MessagePattern(
        receivers,
        to,
        group,
        GivenContent.of(content.dataType().wireName(), content.value(), content.isPartial()));
  }

  /** The same pattern, with an object that it demands written as JSON by the mapper. */
  MessagePattern writtenBy(ObjectMapping mapping) {
    return content == null
        ? this
        : new MessagePattern(receivers, to, group, content.writtenBy(mapping));
  }

  /** The clients that are to receive it. */
  ClientPattern receivers() {
    return receivers;
  }

  /** How a send differs from one of such messages, whoever received it. */
  List<RequestMiss> misses(RecordedOperation send) {
    List<RequestMiss> misses = new ArrayList<>(receivers.missesOf(send));
    if (group != null) {
      RequestCondition.group(group).miss(send).ifPresent(misses::add);
    }
    if (content != null) {
      RequestCondition.content(content).miss(send).ifPresent(misses::add);
    }
    RequestCondition.successful().miss(send).ifPresent(misses::add);
    return misses;
  }

  boolean matches(String hub, Connection receiver, Data message) {
    return receivers.matches(hub, receiver.userId(), receiver.id(), receiver::isInGroup)
        && (group == null || group.equals(message.group()))
        && (content == null
            || (content.type() == message.payload().type()
                && content.isSameAs(message.payload().bytes())));
  }

  /** Returns the pattern as shown in failures: {@code message to user "alice" with text "hi"}. */
  @Override
  public String toString() {
    return Secrets.mask(
        "message "
            + to
            + (group == null ? "" : " from group " + RequestText.quote(group))
            + (content == null
                ? ""
                : " with " + content.type().wireName() + " " + content.brief()));
  }
}
