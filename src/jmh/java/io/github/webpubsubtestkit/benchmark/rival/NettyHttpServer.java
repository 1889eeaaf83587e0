package io.github.webpubsubtestkit.benchmark.rival;

import io.github.webpubsubtestkit.handler.EventHandler;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Netty's HTTP codec, which gives every request the same answer and looks at nothing but the
 * method: the validation of an event handler, {@code OPTIONS}, is always answered.
 */
public final class NettyHttpServer implements AutoCloseable {

  private final EventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final Channel listener;
  private final AtomicInteger requests = new AtomicInteger();

  private NettyHttpServer(Supplier<FullHttpResponse> answer) {
    listener =
        new ServerBootstrap()
            .group(group)
            .channel(NioServerSocketChannel.class)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channel
                        .pipeline()
                        .addLast(new HttpServerCodec())
                        .addLast(new HttpObjectAggregator(1024 * 1024))
                        .addLast(new Answering(requests, answer));
                  }
                })
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .syncUninterruptibly()
            .channel();
  }

  /** Starts one that answers 202 without a body. */
  public static NettyHttpServer begin() {
    return new NettyHttpServer(() -> response(HttpResponseStatus.ACCEPTED, ""));
  }

  /** Starts one that answers 200 with a text. */
  public static NettyHttpServer replying(String text) {
    return new NettyHttpServer(() -> response(HttpResponseStatus.OK, text));
  }

  /** Starts one that takes requests and never answers. */
  public static NettyHttpServer hanging() {
    return new NettyHttpServer(() -> null);
  }

  /** Where it listens. */
  public int port() {
    return ((InetSocketAddress) listener.localAddress()).getPort();
  }

  /** Itself as the event handler of all user events. */
  public EventHandler userEventHandler() {
    return EventHandler.url("http://127.0.0.1:" + port() + "/eventhandler").systemEvents();
  }

  /** How many requests have come, validations left out. */
  public int requests() {
    return requests.get();
  }

  private static FullHttpResponse response(HttpResponseStatus status, String text) {
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            status,
            text.isEmpty()
                ? Unpooled.EMPTY_BUFFER
                : Unpooled.copiedBuffer(text, StandardCharsets.UTF_8));
    if (!text.isEmpty()) {
      response.headers().set(HttpHeaderNames.CONTENT_TYPE, "text/plain");
    }
    response.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes());
    return response;
  }

  @Override
  public void close() throws InterruptedException {
    listener.close().sync();
    group.shutdownGracefully(0, 0, TimeUnit.MILLISECONDS).sync();
  }

  private static final class Answering extends SimpleChannelInboundHandler<FullHttpRequest> {

    private final AtomicInteger requests;
    private final Supplier<FullHttpResponse> answer;

    Answering(AtomicInteger requests, Supplier<FullHttpResponse> answer) {
      this.requests = requests;
      this.answer = answer;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
      if (request.method().equals(HttpMethod.OPTIONS)) {
        FullHttpResponse valid = response(HttpResponseStatus.OK, "");
        valid.headers().set("WebHook-Allowed-Origin", "*");
        context.writeAndFlush(valid);
        return;
      }
      requests.incrementAndGet();
      FullHttpResponse response = answer.get();
      if (response != null) {
        context.writeAndFlush(response);
      }
    }
  }
}
