package io.github.webpubsubtestkit;

import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.io.IOException;
import java.net.http.HttpClient;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Consumer;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * The HTTP clients of Azure's SDK that trust the certificate of a fake. The kit depends on none of
 * them, so the first that is on the class path is built by reflection.
 */
final class TrustingTransports {

  private static final String AZURE = "com.azure.core.http.";

  /** A way to build one. */
  private interface Transport {
    Object trusting(FakeWebPubSub service) throws ReflectiveOperationException;
  }

  private final ClassLoader loader;

  TrustingTransports(ClassLoader loader) {
    this.loader = loader;
  }

  /**
   * Builds an object of {@code com.azure.core.http.HttpClient}.
   *
   * @throws ClassNotFoundException if none of the clients is on the class path
   */
  Object first(FakeWebPubSub service) throws ReflectiveOperationException {
    for (Transport each : List.<Transport>of(this::netty, this::okHttp, this::jdk)) {
      try {
        return each.trusting(service);
      } catch (ClassNotFoundException missing) {
        // the next one may be there
      }
    }
    throw new ClassNotFoundException(
        "none of azure-core-http-netty, azure-core-http-okhttp and azure-core-http-jdk-httpclient,"
            + " of which one must be told to trust the certificate of this fake");
  }

  /** The default of the SDK. */
  Object netty(FakeWebPubSub service) throws ReflectiveOperationException {
    Class<?> builder = type(AZURE + "netty.NettyAsyncHttpClientBuilder");
    Class<?> client = type("reactor.netty.http.client.HttpClient");
    Class<?> ssl = type("io.netty.handler.ssl.SslContext");
    Class<?> spec = type("reactor.netty.tcp.SslProvider$SslContextSpec");
    Class<?> sslBuilder = type("io.netty.handler.ssl.SslContextBuilder");
    Object trusting = sslBuilder.getMethod("forClient").invoke(null);
    sslBuilder
        .getMethod("trustManager", X509Certificate[].class)
        .invoke(trusting, (Object) new X509Certificate[] {service.certificate()});
    Object context = sslBuilder.getMethod("build").invoke(trusting);
    Consumer<Object> secure =
        given -> {
          try {
            spec.getMethod("sslContext", ssl).invoke(given, context);
          } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
          }
        };
    Object netty =
        client
            .getMethod("secure", Consumer.class)
            .invoke(client.getMethod("create").invoke(null), secure);
    return built(builder, client, netty);
  }

  Object okHttp(FakeWebPubSub service) throws ReflectiveOperationException {
    Class<?> builder = type(AZURE + "okhttp.OkHttpAsyncHttpClientBuilder");
    Class<?> client = type("okhttp3.OkHttpClient");
    Class<?> clientBuilder = type("okhttp3.OkHttpClient$Builder");
    Object trusting = clientBuilder.getConstructor().newInstance();
    clientBuilder
        .getMethod("sslSocketFactory", SSLSocketFactory.class, X509TrustManager.class)
        .invoke(trusting, service.sslContext().getSocketFactory(), trust(service.certificate()));
    return built(builder, client, clientBuilder.getMethod("build").invoke(trusting));
  }

  Object jdk(FakeWebPubSub service) throws ReflectiveOperationException {
    Class<?> builder = type(AZURE + "jdk.httpclient.JdkHttpClientBuilder");
    return built(
        builder,
        HttpClient.Builder.class,
        HttpClient.newBuilder().sslContext(service.sslContext()));
  }

  private Class<?> type(String name) throws ClassNotFoundException {
    return Class.forName(name, true, loader);
  }

  /** What the SDK's builder makes of a client of that type. */
  private static Object built(Class<?> builder, Class<?> type, Object client)
      throws ReflectiveOperationException {
    return builder.getMethod("build").invoke(builder.getConstructor(type).newInstance(client));
  }

  /** OkHttp asks for the trust manager of a context, too. */
  private static X509TrustManager trust(X509Certificate certificate) {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setCertificateEntry("fake", certificate);
      TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
      factory.init(store);
      for (TrustManager each : factory.getTrustManagers()) {
        if (each instanceof X509TrustManager manager) {
          return manager;
        }
      }
      throw new IllegalStateException("this JVM cannot check certificates");
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("the fake's certificate cannot be trusted: " + e, e);
    }
  }
}
