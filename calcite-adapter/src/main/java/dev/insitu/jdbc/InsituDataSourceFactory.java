package dev.insitu.jdbc;

import java.util.Hashtable;
import javax.naming.Context;
import javax.naming.Name;
import javax.naming.RefAddr;
import javax.naming.Reference;
import javax.naming.spi.ObjectFactory;
import org.jspecify.annotations.Nullable;

/** Makes an {@link InsituDataSource} of its entry in a naming service. */
public final class InsituDataSourceFactory implements ObjectFactory {
  /** Made by the naming service. */
  public InsituDataSourceFactory() {}

  @Override
  public @Nullable Object getObjectInstance(
      @Nullable Object object,
      @Nullable Name name,
      @Nullable Context context,
      @Nullable Hashtable<?, ?> environment) {
    if (!(object instanceof Reference reference)
        || !InsituDataSource.class.getName().equals(reference.getClassName())) {
      return null;
    }
    InsituDataSource source = new InsituDataSource();
    source.setUrl(text(reference, "url"));
    source.setUser(text(reference, "user"));
    source.setPassword(text(reference, "password"));
    source.setDescription(text(reference, "description"));
    String timeout = text(reference, "loginTimeout");
    if (timeout != null) {
      source.setLoginTimeout(Integer.parseInt(timeout));
    }
    return source;
  }

  private static @Nullable String text(Reference reference, String key) {
    RefAddr value = reference.get(key);
    return value == null || value.getContent() == null ? null : value.getContent().toString();
  }
}
